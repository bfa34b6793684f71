import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JsonObject, RecordedEvent } from '#event-sourcing';

/*
 * Logs that somebody has tampered with. Who forges well recomputes the chain: `resealed` does so, and then something else
 * than the hashes must give the forgery away.
 */

export type Forgery = (events: readonly RecordedEvent[]) => readonly RecordedEvent[];

const zeros = '0'.repeat(64);
const linkOf = (previous: string, event: Omit<RecordedEvent, 'hash' | 'eventId' | 'position'>): string => {
  const { stream, revision, type, schemaVersion, data, metadata } = event;
  const text = canonicalize({ stream, revision, type, schemaVersion, data, metadata }) ?? '';
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(text, 'utf8').digest('hex');
};

/** The same events as an unbroken chain: numbered anew and hashed anew, stream by stream. */
export const resealed: Forgery = (events) => {
  const heads = new Map<string, { readonly revision: number; readonly hash: string }>();
  return events.map((event) => {
    const head = heads.get(event.stream) ?? { revision: -1, hash: zeros };
    const moved = { ...event, revision: head.revision + 1 };
    const hash = linkOf(head.hash, moved);
    heads.set(event.stream, { revision: moved.revision, hash });
    return { ...moved, hash };
  });
};

/** The middle one of those that match, so that there is history on both sides of it. */
const placeOf = (events: readonly RecordedEvent[], matches: (event: RecordedEvent) => boolean): number => {
  const found = events.flatMap((event, index) => (matches(event) ? [index] : []));
  const place = found[Math.floor(found.length / 2)];
  if (place === undefined) throw new Error('this life has no event to forge');
  return place;
};

type Match = (event: RecordedEvent) => boolean;

export const dropped =
  (matches: Match): Forgery =>
  (events) =>
    events.toSpliced(placeOf(events, matches), 1);

export const doubled =
  (matches: Match): Forgery =>
  (events) => {
    const place = placeOf(events, matches);
    return events.toSpliced(place + 1, 0, events[place] as RecordedEvent);
  };

export const altered =
  (matches: Match, alter: (event: RecordedEvent) => RecordedEvent): Forgery =>
  (events) => {
    const place = placeOf(events, matches);
    return events.with(place, alter(events[place] as RecordedEvent));
  };

/** With other data than it was recorded with. */
export const saying = (event: RecordedEvent, data: JsonObject): RecordedEvent => ({
  ...event,
  data: { ...event.data, ...data },
});

/** The log without this event and all that follow it in its stream. */
export const cutFrom =
  (matches: Match): Forgery =>
  (events) => {
    const { stream, revision } = events[placeOf(events, matches)] as RecordedEvent;
    return events.filter((event) => event.stream !== stream || event.revision < revision);
  };
