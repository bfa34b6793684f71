import { describe, expect, it } from 'vitest';
import { failed, type HttpFailure, ok } from '../failure.js';
import { ask, listsBy } from './ask.js';
import { type JsonClient, type JsonRequest } from './client.js';
import { objectIn, whole } from './fields.js';

const { signal } = new AbortController();

/** A shop that answers so. */
const answering = (reply: (request: JsonRequest) => ReturnType<JsonClient<HttpFailure>['send']>) => {
  const asked: JsonRequest[] = [];
  const send: JsonClient<HttpFailure>['send'] = (request) => {
    asked.push(request);
    return reply(request);
  };
  return { asked, client: { send } };
};

const idIn = (json: unknown): number => whole(objectIn(json, 'a row'), 'id');

describe('an answer', () => {
  it('is read', async () => {
    const { client } = answering(() => Promise.resolve(ok({ id: '12' })));
    expect(await ask(client, { method: 'GET', resource: 'a' }, idIn, signal)).toEqual(ok(12));
  });

  it.each([
    ['GET', 'no'],
    ['POST', 'unknown'],
  ] as const)('to %s that is another one is malformed, and may have been applied: %s', async (method, applied) => {
    const { client } = answering(() => Promise.resolve(ok({ id: 'x' })));
    expect(await ask(client, { method, resource: 'a' }, idIn, signal)).toMatchObject({
      failure: { kind: 'malformed', applied },
    });
  });

  it('that is a failure is left as it is', async () => {
    const failure: HttpFailure = { kind: 'timeout', sentence: 'Too late.', applied: 'unknown' };
    const { client } = answering(() => Promise.resolve(failed(failure)));
    expect(await ask(client, { method: 'PUT', resource: 'a' }, idIn, signal)).toEqual(failed(failure));
  });
});

describe('a list', () => {
  const { readRows, readAllRows } = listsBy({ rowsMax: 2, rowsName: 'limit', pageName: 'at' });
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
  const shop = () =>
    answering(({ query = {} }) => {
      const from = (Number(query['at'] ?? 1) - 1) * 2;
      return Promise.resolve(ok(rows.slice(from, from + Number(query['limit']))));
    });

  it('is read a page at a time, in the words of the shop', async () => {
    const { asked, client } = shop();
    expect(await readRows(client, { resource: 'a', query: { open: '1' } }, idIn, signal)).toEqual(ok([1, 2]));
    expect(await readRows(client, { resource: 'a', query: { limit: '1' } }, idIn, signal)).toEqual(ok([1]));
    expect(asked.map(({ query }) => query)).toEqual([{ limit: '2', open: '1' }, { limit: '1' }]);
  });

  it('is read whole, until a page is not full', async () => {
    const { asked, client } = shop();
    expect(await readAllRows(client, { resource: 'a', query: {} }, idIn, signal)).toEqual(ok([1, 2, 3]));
    expect(asked.map(({ query }) => query?.['at'])).toEqual(['1', '2']);
  });

  it('that is none is malformed', async () => {
    const { client } = answering(() => Promise.resolve(ok({})));
    expect(await readRows(client, { resource: 'a', query: {} }, idIn, signal)).toMatchObject({
      failure: { kind: 'malformed', applied: 'no' },
    });
  });
});
