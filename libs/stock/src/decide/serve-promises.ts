import { servedLinesMax } from '../bounds.js';
import type { Backordered, BackorderFilled } from '../events.js';
import { withOptional } from '../lines.js';
import { plusAt } from '../places.js';
import { balancesAt } from '../state/balances.js';
import type { LineRecord } from '../state/facts.js';
import { backorderedOf } from '../state/incoming.js';
import { minusPromises } from './backorders.js';
import type { Draft } from './draft.js';
import { openLocationsOf } from './line-work.js';

const freeAt = (draft: Draft, location: string): number =>
  Math.max(0, balancesAt(draft.state().balances, location).sellable);

const filled = (draft: Draft, { order, line }: LineRecord, promise: Backordered, location: string): BackorderFilled => {
  const { incomingLine, quantity, date } = promise;
  const after = { ...line, committed: plusAt(line.committed, location, quantity) };
  return {
    type: 'BackorderFilled',
    data: {
      parts: [{ location, from: 'sellable', to: 'committed', quantity }],
      order,
      line: withOptional(after, { backordered: minusPromises(backorderedOf(line), [promise]) }),
      ...{ incomingLine, quantity, date, location },
    },
    occurredAt: draft.now,
  };
};

/** Promises of a line out of one line of a purchase order: whatever is free at its channel's open locations fills them. */
const servePromise = (draft: Draft, key: string, promised: Pick<Backordered, 'incomingLine' | 'date'>): void => {
  const order = draft.state().lines.get(key)?.order;
  for (const location of order ? openLocationsOf(draft, order.channel) : []) {
    const record = draft.state().lines.get(key);
    const promise = record && promiseIn(record, promised);
    if (!promise) return;
    const quantity = Math.min(promise.quantity, freeAt(draft, location));
    if (quantity > 0) draft.emit(filled(draft, record, { ...promise, quantity }, location));
  }
};

const promiseIn = ({ line }: LineRecord, { incomingLine, date }: Pick<Backordered, 'incomingLine' | 'date'>) =>
  backorderedOf(line).find((one) => one.incomingLine === incomingLine && one.date === date);

type Waiting = { readonly key: string; readonly promised: Pick<Backordered, 'incomingLine' | 'date'> };

/** The first that wait, as they are to be served: an instant begins each rank, the line of the purchase order ends it. */
const firstWaiting = (draft: Draft): readonly Waiting[] => {
  const waiting: Waiting[] = [];
  for (const [rank, key] of draft.state().promises.entries()) {
    if (waiting.length === servedLinesMax) break;
    const date = rank.slice(0, rank.indexOf('|'));
    waiting.push({ key, promised: { date, incomingLine: rank.slice(rank.indexOf(key) + key.length + 1) } });
  }
  return waiting;
};

const anythingFree = (draft: Draft): boolean => {
  for (const { sellable } of draft.state().balances.values()) if (sellable > 0) return true;
  return false;
};

/** Looking at the state would evolve it for nothing where nobody was promised anything. */
const mayWait = ({ before, events }: Draft): boolean =>
  before.promises.size > 0 || events.some(({ type }) => type === 'BackorderPromised');

/** Units that are free go to the order lines that were promised some, by the date of the promise. The sweep serves the rest. */
export const servePromises = (draft: Draft): void => {
  if (!mayWait(draft) || draft.state().promises.size === 0 || !anythingFree(draft)) return;
  for (const { key, promised } of firstWaiting(draft)) servePromise(draft, key, promised);
};
