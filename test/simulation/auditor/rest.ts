import type { RecordedEvent } from '#event-sourcing';
import { sumOf, type SkuBooks } from './books.js';
import type { AuditedChannel } from './channel.js';

/** The state of each location at the end of a log. */
const lastStates = (events: readonly RecordedEvent[]): ReadonlyMap<string, string> => {
  const states = new Map<string, string>();
  for (const { type, data } of events) {
    const { location = '', state = 'open' } = data as { location?: string; state?: string };
    if (type === 'LocationDefined' || type === 'LocationChanged') states.set(location, state);
  }
  return states;
};

type Rest = {
  readonly events: readonly RecordedEvent[];
  readonly books: ReadonlyMap<string, SkuBooks>;
  readonly channels: readonly AuditedChannel[];
};

/** Units that stand free at an open place although somebody of a channel that sells there waits for them. */
const auditFree = ({ events, books, channels }: Rest): readonly string[] => {
  const states = lastStates(events);
  const isOpen = (location: string): boolean => (states.get(location) ?? 'open') === 'open';
  return [...books].flatMap(([stream, { balances, lines }]) => {
    const isFree = (location: string): boolean => isOpen(location) && (balances.get(`${location}|sellable`) ?? 0) > 0;
    return [...lines].flatMap(([key, { committed, backordered }]) => {
      const [channel] = JSON.parse(key) as [string];
      const owed = sumOf(committed.filter(({ location }) => location === `unsourced:${channel}`));
      const waiting = owed + sumOf(backordered);
      const at = channels.find((candidate) => candidate.channel === channel)?.locations.filter(isFree) ?? [];
      return waiting === 0 || at.length === 0 ? [] : [`${stream}: ${key} waits for ${waiting}, free at ${at.join()}`];
    });
  });
};

/** Holds whose time was over when the last event of their stream was recorded: it should have ended them. */
const auditOver = ({ events, books }: Rest): readonly string[] => {
  const last = new Map(events.map(({ stream, metadata }) => [stream, metadata.recordedAt]));
  return [...books].flatMap(([stream, { holds }]) =>
    [...holds]
      .filter(([, { expiresAt }]) => expiresAt <= (last.get(stream) ?? ''))
      .map(([reservation]) => `${stream}: the hold ${reservation} is over`),
  );
};

/**
 * What is wrong with a log at rest, its SKUs swept. While it is written, a process may not know yet that a place is open
 * again, and one append serves a bounded number.
 */
export const auditRest = (rest: Rest): readonly string[] => [...auditFree(rest), ...auditOver(rest)];
