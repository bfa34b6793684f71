import type { EventStore, Position } from '#event-sourcing';
import type { SamePlace } from '#read-model';
import { readLog } from './read-log.js';

/** Where events up to these positions of one log stand in a copy of it. Reads both, side by side, as far as needed. */
export const samePlaces = async (
  from: EventStore,
  to: EventStore,
  positions: readonly Position[],
): Promise<ReadonlyMap<Position, SamePlace>> => {
  const wanted = [...new Set(positions)];
  const places = new Map<Position, SamePlace>();
  const copy = readLog(to);
  try {
    for await (const { position: former, eventId } of readLog(from)) {
      const beyond = wanted.filter((position) => former <= position);
      const twin = beyond.length > 0 ? (await copy.next()).value : undefined;
      if (twin?.eventId !== eventId) break;
      for (const position of beyond) places.set(position, { former, now: twin.position, eventId });
    }
    return places;
  } finally {
    await copy.return();
  }
};

/** The id of the event at a position. */
export const eventIdAt = async (store: EventStore, position: Position): Promise<string | undefined> => {
  for await (const event of readLog(store)) {
    if (event.position === position) return event.eventId;
    if (event.position > position) return undefined;
  }
  return undefined;
};
