import type { Board } from './board.js';
import type { Bounds } from './bounds.js';
import { decideLane } from './decide-lane.js';
import type { KernelParts } from './kernel-parts.js';
import type { Flight, Lane } from './lane.js';

/** Told of a ready lane that has nothing to append: what was decided, was decided on what is committed. */
export type OnEmpty = (lane: Lane, flight: Flight | undefined) => void;

/** What may still be added to the append that is being put together. */
type Room = { events: number; units: number; commands: number };

/** An append in the making. */
type Load = { readonly flights: Flight[]; readonly room: Room; readonly bounds: Bounds };

/**
 * Decides ready lanes until the bounds of one append. Lanes left out stay ready and come first next time. Of many commands
 * it takes half: the other half is decided while the first is in the air, or callers who all wait for one append would
 * let the process and the database work in turn for ever (measured with 64 callers of one SKU: a tenth more commands a
 * second, with 512 callers of 10,000 SKUs as well).
 */
export const takeFlights = (parts: KernelParts, board: Board, onEmpty: OnEmpty): readonly Flight[] => {
  const waiting = commandsOf(board.ready);
  const isMany = waiting >= 2 * parts.bounds.aheadCommandsMin;
  const load = loadFor(parts.bounds, isMany ? Math.ceil(waiting / 2) : Number.POSITIVE_INFINITY);
  takeReady(parts, board, onEmpty, load);
  return load.flights;
};

/**
 * Decides while an append is in the air: its lanes on what it will leave behind, other lanes as they stand. Few commands
 * are left for later: they are better decided with those that come before it lands.
 */
export const takeAhead = (
  parts: KernelParts,
  board: Board,
  onEmpty: OnEmpty,
  inTheAir: readonly Flight[],
): readonly Flight[] => {
  const { bounds } = parts;
  const followed = inTheAir.filter(canBeFollowed);
  const waiting = commandsOf(board.ready) + commandsOf(followed.map(({ lane }) => lane));
  const load = loadFor(bounds, Number.POSITIVE_INFINITY);
  if (waiting < bounds.aheadCommandsMin) return load.flights;
  for (const { lane } of followed) {
    if (isFull(load)) break;
    const flight = decideLane(parts, lane, load.room);
    lane.ahead = flight;
    if (flight !== undefined) put(load, flight);
  }
  takeReady(parts, board, onEmpty, load);
  return load.flights;
};

/**
 * Not when it has landed by now, not when the lane's standing was dropped under it and with it the memory of ids, and not
 * past a preparation: what that was for is decided before what waits behind it.
 */
const canBeFollowed = (flight: Flight): boolean => {
  const { lane, base, decided } = flight;
  return (
    lane.flight === flight && lane.standing === base && lane.queue.length > 0 && decided.at(-1)?.kind !== 'prepared'
  );
};

const commandsOf = (lanes: Iterable<Lane>): number => {
  let commands = 0;
  for (const { queue } of lanes) commands += queue.length;
  return commands;
};

const loadFor = (bounds: Bounds, commands: number): Load => ({
  flights: [],
  room: { events: bounds.eventsPerAppendMax, units: bounds.unitsPerAppendMax, commands },
  bounds,
});

const isFull = ({ flights, room, bounds }: Load): boolean =>
  flights.length >= bounds.streamsPerAppendMax || room.events <= 0 || room.units <= 0 || room.commands <= 0;

const put = ({ flights, room }: Load, flight: Flight): void => {
  flights.push(flight);
  room.events -= flight.events.length;
  room.units -= flight.units;
  room.commands -= flight.decided.length;
};

const takeReady = (parts: KernelParts, { ready }: Board, onEmpty: OnEmpty, load: Load): void => {
  for (const lane of ready) {
    if (isFull(load)) return;
    ready.delete(lane);
    const flight = decideLane(parts, lane, load.room);
    if (flight === undefined || flight.events.length === 0) {
      onEmpty(lane, flight);
      continue;
    }
    lane.flight = flight;
    put(load, flight);
  }
};
