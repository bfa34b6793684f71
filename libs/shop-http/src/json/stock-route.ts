import {
  type Answer,
  type BatchOutcome,
  type RowChange,
  type RowFault,
  type RowKey,
  type RowVerdict,
  surveyed,
  type SurveyPart,
  type WriteAnswer,
} from '#channel-kit';
import { type HttpFailure, type HttpOutcome, ok } from '../failure.js';
import { ask } from './ask.js';
import { type JsonClient } from './client.js';
import { type Json, text } from './fields.js';
import { sendRows } from './send-rows.js';

/** Where a module of the ledger in a shop sets figures, and what is said of it there. */
export type StockRoutePlace<Failure> = {
  readonly client: Pick<JsonClient<Failure>, 'send'>;
  /** Where the shop says whether it has the route, and how its answer is read, which may throw FieldError. */
  readonly namedAt: string;
  readonly isNamed: (answer: unknown) => boolean;
  /** Whether the shop has nothing there. */
  readonly isAbsent: (failure: HttpFailure | Failure) => boolean;
  readonly resource: string;
  /** By which number the module knows a row. */
  readonly idOf: (row: RowKey) => number;
  /** What a person is told of a row that is not there, and of one that the shop does not count. */
  readonly missing: RowFault;
  readonly unmanaged: RowFault;
  /** What a person is told when the route was there and is not any more. */
  readonly gone: { readonly code: string; readonly detail: string };
  readonly answerOf: (outcome: HttpOutcome<boolean, HttpFailure | Failure>) => Answer<boolean>;
  readonly batchOf: (outcome: HttpOutcome<WriteAnswer, HttpFailure | Failure>) => BatchOutcome;
};

/** A route of our own in a shop, which a person there may switch on and off. */
export type StockRoute = {
  /** As it was found last; not before it was looked for. */
  readonly isThere: () => boolean;
  readonly survey: SurveyPart;
  /**
   * Sets each row that shows what is expected, in one statement of its own, and answers what became of each. Undefined: the route
   * is not there, and nothing was written.
   */
  readonly write: (changes: readonly RowChange[], signal: AbortSignal) => Promise<BatchOutcome | undefined>;
};

/** What the module says of a row. Of what the database may or may not have done nothing is said. */
const verdictOf = (row: Json, { missing, unmanaged }: { readonly missing: RowFault; readonly unmanaged: RowFault }) => {
  switch (text(row, 'result')) {
    case 'written':
      return 'written';
    case 'conflict':
      return { code: 'conflict', detail: `The row shows ${String(row['quantity'])}.` };
    case 'unfit':
      return row['reason'] === 'not_managed' ? unmanaged : missing;
    default:
      return undefined;
  }
};

/** The route by which a module of the ledger sets figures where they are what is expected. */
export const createStockRoute = <Failure>(place: StockRoutePlace<Failure>): StockRoute => {
  const { client, namedAt, resource, idOf, isAbsent, gone } = place;
  let [isThere, wasLost] = [false, false];
  const look = async (signal: AbortSignal): Promise<Answer<boolean>> => {
    const named = await ask(client, { method: 'GET', resource: namedAt }, place.isNamed, signal);
    return place.answerOf(named.kind === 'failed' && isAbsent(named.failure) ? ok(false) : named);
  };
  return {
    isThere: () => isThere,
    survey: async (_, signal) => {
      const found = await look(signal);
      if (found.kind === 'trouble') return found;
      [isThere, wasLost] = [found.value, !found.value && (isThere || wasLost)];
      return surveyed(gone.code, wasLost ? gone.detail : undefined);
    },
    write: async (changes, signal) => {
      if (!isThere) return undefined;
      const json = { rows: changes.map(({ row, expected, quantity }) => ({ id: idOf(row), expected, quantity })) };
      const judge = (row: Json): RowVerdict => verdictOf(row, place);
      const done = await sendRows(client, { resource, json, list: 'rows', idOf, judge }, changes, signal);
      if (done.kind === 'ok' || !isAbsent(done.failure)) return place.batchOf(done);
      [isThere, wasLost] = [false, true];
      return undefined;
    },
  };
};
