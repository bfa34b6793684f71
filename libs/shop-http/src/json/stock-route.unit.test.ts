import { describe, expect, it } from 'vitest';
import { failed, type HttpFailure, type HttpOutcome, ok } from '../failure.js';
import { commonMeanings, troublesBy } from '../trouble.js';
import { type JsonClient, type JsonRequest } from './client.js';
import { flag, objectIn } from './fields.js';
import { createStockRoute } from './stock-route.js';

const { signal } = new AbortController();
const surveyAsked = { hintsPath: '/hints', mayMend: false };

const failure = (kind: HttpFailure['kind'], applied: HttpFailure['applied']) =>
  failed<HttpFailure>({ kind, sentence: 'It failed.', applied });

const absent = failure('not_found', 'no');
const there = ok({ stock: true });

/** A shop whose module answers so: to who asks for its routes, and to who sets rows. */
const opened = () => {
  const shop: Record<'named' | 'set', HttpOutcome<unknown>> = { named: there, set: ok({ rows: [] }) };
  const asked: JsonRequest[] = [];
  const send: JsonClient<HttpFailure>['send'] = (request) => {
    asked.push(request);
    return Promise.resolve(request.method === 'GET' ? shop.named : shop.set);
  };
  const { answerOf, batchOf } = troublesBy(commonMeanings, () => false);
  const route = createStockRoute<HttpFailure>({
    ...{ client: { send }, namedAt: 'module', resource: 'module/stock', idOf: Number, answerOf, batchOf },
    isNamed: (json) => flag(objectIn(json, 'the module'), 'stock'),
    isAbsent: ({ kind }) => kind === 'not_found',
    missing: { code: 'row_missing', detail: 'It is gone.' },
    unmanaged: { code: 'row_ignored', detail: 'Nobody counts it.' },
    gone: { code: 'module_gone', detail: 'Switch it on.' },
  });
  const notice = async () => {
    const answer = await route.survey(surveyAsked, signal);
    return answer.kind === 'answered' ? answer.value.notices : answer.trouble.code;
  };
  return { shop, asked, route, notice };
};

const quiet = [{ code: 'module_gone', detail: undefined }];
const told = [{ code: 'module_gone', detail: 'Switch it on.' }];

const changes = ['1', '2', '3', '4', '5', '6'].map((row) => ({ row, expected: 5, quantity: 4 }));

describe('a route that is looked for', () => {
  it.each([
    ['there', there, true],
    ['not named', ok({ stock: false }), false],
    ['absent', absent, false],
  ])('is %s, and that is no trouble', async (_, named, isThere) => {
    const { shop, asked, route, notice } = opened();
    shop.named = named;
    expect(route.isThere()).toBe(false);
    expect([await notice(), route.isThere()]).toEqual([quiet, isThere]);
    expect(asked).toEqual([{ method: 'GET', resource: 'module' }]);
  });

  it('and was there is told until it is back', async () => {
    const { shop, route, notice } = opened();
    await notice();
    shop.named = absent;
    expect([await notice(), await notice(), route.isThere()]).toEqual([told, told, false]);
    shop.named = there;
    expect([await notice(), route.isThere()]).toEqual([quiet, true]);
  });

  it.each([
    ['throttled', failure('throttled', 'no')],
    ['malformed', ok('a page')],
  ])('in a shop that does not say stays what it was: %s', async (code, named) => {
    const { shop, route, notice } = opened();
    await notice();
    shop.named = named;
    expect([await notice(), route.isThere()]).toEqual([code, true]);
  });
});

describe('rows that are set where they show what is expected', () => {
  it('are not sent before the route was found', async () => {
    const { asked, route } = opened();
    expect([await route.write(changes, signal), asked]).toEqual([undefined, []]);
  });

  it('have each what the module says of it', async () => {
    const { shop, asked, route, notice } = opened();
    await notice();
    const rows = [
      { id: 1, result: 'written' },
      { id: 2, result: 'conflict', quantity: 9 },
      { id: 3, result: 'unfit', reason: 'not_managed' },
      { id: 4, result: 'unfit', reason: 'not_found' },
      { id: 5, result: 'unknown' },
    ];
    shop.set = ok({ rows });
    expect(await route.write(changes, signal)).toEqual({
      kind: 'answered',
      value: {
        written: ['1'],
        failed: [
          { row: '2', code: 'conflict', detail: 'The row shows 9.' },
          { row: '3', code: 'row_ignored', detail: 'Nobody counts it.' },
          { row: '4', code: 'row_missing', detail: 'It is gone.' },
        ],
      },
    });
    const sent = changes.map(({ row, expected, quantity }) => ({ id: Number(row), expected, quantity }));
    expect(asked.at(-1)).toEqual({ method: 'POST', resource: 'module/stock', json: { rows: sent } });
  });

  it('are left to another way where the route has gone, which people are told', async () => {
    const { shop, route, notice } = opened();
    await notice();
    shop.set = absent;
    shop.named = absent;
    expect([await route.write(changes, signal), route.isThere(), await notice()]).toEqual([undefined, false, told]);
  });

  it('have failed where the request has, and the route is there all the same', async () => {
    const { shop, route, notice } = opened();
    await notice();
    shop.set = failure('timeout', 'unknown');
    expect(await route.write(changes, signal)).toMatchObject({
      kind: 'failed',
      trouble: { kind: 'unknown_outcome' },
      applied: 'unknown',
    });
    expect(route.isThere()).toBe(true);
  });
});
