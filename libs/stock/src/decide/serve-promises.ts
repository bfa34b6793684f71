import { promisesServedMax } from '../bounds.js';
import type { BackorderFilled } from '../events.js';
import type { Backordered } from '../standing.js';
import { withOptional } from '../lines.js';
import { plusAt } from '../places.js';
import type { LineRecord } from '../state/facts.js';
import { backorderedOf } from '../state/incoming.js';
import { promiseOfRank } from '../state/lines.js';
import { minusPromises } from './backorders.js';
import type { Draft } from './draft.js';
import { freeFor, type FreeUnits } from './free-units.js';

type Promised = Pick<Backordered, 'incomingLine' | 'date'>;
type Waiting = { readonly key: string; readonly promised: Promised };

const filled = (draft: Draft, { order, line }: LineRecord, promise: Backordered, units: FreeUnits): BackorderFilled => {
  const { location, from } = units;
  const { incomingLine, quantity, date } = promise;
  const after = { ...line, committed: plusAt(line.committed, location, quantity) };
  return {
    type: 'BackorderFilled',
    data: {
      parts: [{ location, from, to: 'committed', quantity }],
      order,
      line: withOptional(after, {
        backordered: minusPromises(backorderedOf(line), [promise]),
        ...(from !== 'sellable' && { ofQuota: plusAt(line.ofQuota ?? [], location, quantity) }),
      }),
      ...{ incomingLine, quantity, date, location },
    },
    occurredAt: draft.now,
  };
};

/** The promise of a line out of one line of a purchase order for one date, as far as it still stands. */
export const promiseIn = ({ line }: LineRecord, { incomingLine, date }: Promised): Backordered | undefined =>
  backorderedOf(line).find((one) => one.incomingLine === incomingLine && one.date === date);

/** Whatever is free for its channel fills it, on whichever line it has come. */
const servePromise = (draft: Draft, { key, promised }: Waiting): void => {
  const channel = draft.state().lines.get(key)?.order.channel;
  for (const units of channel === undefined ? [] : freeFor(draft, channel)) {
    const record = draft.state().lines.get(key);
    const promise = record && promiseIn(record, promised);
    if (!promise) return;
    const quantity = Math.min(promise.quantity, units.quantity);
    draft.emit(filled(draft, record, { ...promise, quantity }, units));
  }
};

/** The first that something is free for, in the order in which they are to be served; one more than are served. */
const firstWaiting = (draft: Draft): readonly Waiting[] => {
  const state = draft.state();
  const served = new Map<string, boolean>();
  const isServed = (channel: string): boolean => {
    const known = served.get(channel) ?? freeFor(draft, channel).length > 0;
    served.set(channel, known);
    return known;
  };
  const waiting: Waiting[] = [];
  for (const [rank, key] of state.promises.entries()) {
    if (waiting.length > promisesServedMax) break;
    const channel = state.lines.get(key)?.order.channel;
    if (channel !== undefined && isServed(channel)) waiting.push({ key, promised: promiseOfRank(rank, key) });
  }
  return waiting;
};

const anythingFree = (draft: Draft): boolean => {
  for (const { sellable, fenced } of draft.state().balances.values()) {
    if (sellable > 0) return true;
    for (const channel in fenced) if ((fenced[channel] ?? 0) > 0) return true;
  }
  return false;
};

/** Looking at the state would evolve it for nothing where nobody was promised anything. */
const mayWait = ({ before, events }: Draft): boolean =>
  before.promises.size > 0 || events.some(({ type }) => type === 'BackorderPromised');

/**
 * Units that are free go to the order lines that were promised some, by the date of the promise. The sweep serves the rest:
 * false where some are left.
 */
export const servePromises = (draft: Draft): boolean => {
  if (!mayWait(draft) || draft.state().promises.size === 0 || !anythingFree(draft)) return true;
  const waiting = firstWaiting(draft);
  for (const one of waiting.slice(0, promisesServedMax)) servePromise(draft, one);
  return waiting.length <= promisesServedMax || firstWaiting(draft).length === 0;
};
