import { type Json, objectIn, readAs, rowsIn, text } from '#shop-http';
import { type Client } from './client.js';
import { ok, type Outcome } from './failure.js';
import { type RowOutcome } from './stock-writes.js';

/** Of the plugin in the shop: beside REST v3, under the same key. */
const namespace = '../../wc-stockledger/v1';

/** Whether the shop has the plugin's route, which sets figures where they are what is expected. */
export const hasStockRoute = async (client: Client, signal: AbortSignal): Promise<Outcome<boolean>> => {
  const answer = await client.send({ method: 'GET', resource: namespace }, signal);
  if (answer.kind === 'failed') return answer.failure.kind === 'api_off' ? ok(false) : answer;
  return readAs(() => '/wc-stockledger/v1/stock' in objectIn(objectIn(answer.value, 'the plugin')['routes'], 'routes'));
};

export type ConditionalRow = { readonly id: number; readonly expected: number; readonly quantity: number };

/** Of what the database may or may not have done nothing is said. */
const outcomeOf = (id: number, row: Json | undefined): RowOutcome => {
  const result = row === undefined ? 'none' : text(row, 'result');
  if (result === 'written') return { kind: 'written', id };
  if (result === 'conflict') return { kind: 'conflict', id, shown: row?.['quantity'] };
  if (result !== 'unfit') return { kind: 'silent', id };
  return { kind: row?.['reason'] === 'not_managed' ? 'ignored' : 'missing', id };
};

/** Sets each row that shows what is expected, in one statement of its own, and answers what became of each. */
export const compareAndSet = async (
  client: Client,
  rows: readonly ConditionalRow[],
  signal: AbortSignal,
): Promise<Outcome<readonly RowOutcome[]>> => {
  const answer = await client.send({ method: 'POST', resource: `${namespace}/stock`, json: { rows } }, signal);
  if (answer.kind === 'failed') return answer;
  return readAs(() => {
    const answered = new Map(rowsIn(objectIn(answer.value, 'the answer'), 'rows').map((row) => [row['id'], row]));
    return rows.map(({ id }) => outcomeOf(id, answered.get(id)));
  });
};
