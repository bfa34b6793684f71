import { answerByRow, type RowChange, type RowKey, type RowVerdict, type WriteAnswer } from '#channel-kit';
import { type HttpFailure, type HttpOutcome } from '../failure.js';
import { ask } from './ask.js';
import { type JsonClient } from './client.js';
import { type Json, objectIn, rowsIn } from './fields.js';

/** A request that sets rows, and how its answer is read. */
export type RowsRequest = {
  readonly resource: string;
  readonly json: unknown;
  /** The list of the answer in which each row stands with its `id`. */
  readonly list: string;
  readonly idOf: (row: RowKey) => number;
  /** What the answer says of one row; may throw FieldError. */
  readonly judge: (row: Json, change: RowChange) => RowVerdict;
};

/**
 * Sets rows in one request, and reads what became of each. Of a row that the answer leaves out nothing is said. A failure with
 * `applied` unknown may have written some of them.
 */
export const sendRows = <Failure>(
  client: Pick<JsonClient<Failure>, 'send'>,
  { resource, json, list, idOf, judge }: RowsRequest,
  changes: readonly RowChange[],
  signal: AbortSignal,
): Promise<HttpOutcome<WriteAnswer, HttpFailure | Failure>> => {
  const read = (answer: unknown): WriteAnswer => {
    const rows = new Map(rowsIn(objectIn(answer, 'the answer'), list).map((row) => [row['id'], row]));
    return answerByRow(
      changes.map((change) => {
        const row = rows.get(idOf(change.row));
        return [change.row, row === undefined ? undefined : judge(row, change)];
      }),
    );
  };
  return ask(client, { method: 'POST', resource, json }, read, signal);
};
