import { describe, expect, it } from 'vitest';
import { failed, type HttpFailure, ok } from '../failure.js';
import { type JsonClient, type JsonRequest } from './client.js';
import { whole } from './fields.js';
import { type RowsRequest, sendRows } from './send-rows.js';

const { signal } = new AbortController();

/** A shop that answers so. */
const answering = (reply: Awaited<ReturnType<JsonClient<HttpFailure>['send']>>) => {
  const asked: JsonRequest[] = [];
  const send: JsonClient<HttpFailure>['send'] = (request) => {
    asked.push(request);
    return Promise.resolve(reply);
  };
  return { asked, client: { send } };
};

const request: RowsRequest = {
  ...{ resource: 'stock', json: { a: 1 }, list: 'rows', idOf: Number },
  judge: (row, { quantity }) =>
    whole(row, 'shown') === quantity ? 'written' : { code: 'refused', detail: String(row['why']) },
};

const changes = ['1', '2', '3'].map((row) => ({ row, expected: 5, quantity: 4 }));

describe('rows that are set in one request', () => {
  it('have each what the answer says of it, by its id and in whatever order; of one that it leaves out nothing is said', async () => {
    const rows = [
      { id: 3, shown: 9, why: 'sold out' },
      { id: 1, shown: 4 },
      { id: 7, shown: 4 },
    ];
    const { asked, client } = answering(ok({ rows }));
    expect(await sendRows(client, request, changes, signal)).toEqual(
      ok({ written: ['1'], failed: [{ row: '3', code: 'refused', detail: 'sold out' }] }),
    );
    expect(asked).toEqual([{ method: 'POST', resource: 'stock', json: { a: 1 } }]);
  });

  it.each([[{}], [[]], ['no'], [{ rows: 1 }], [{ rows: [1] }], [{ rows: [{ id: 1 }] }]])(
    'may stand where the answer is another one: %j',
    async (answer) => {
      const { client } = answering(ok(answer));
      expect(await sendRows(client, request, changes, signal)).toMatchObject({
        failure: { kind: 'malformed', applied: 'unknown' },
      });
    },
  );

  it('have failed as their request has', async () => {
    const failure: HttpFailure = { kind: 'refused', sentence: 'No.', applied: 'no' };
    const { client } = answering(failed(failure));
    expect(await sendRows(client, request, changes, signal)).toEqual(failed(failure));
  });
});
