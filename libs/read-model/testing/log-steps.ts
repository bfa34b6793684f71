import fc from 'fast-check';
import { millisOf, instantOf } from '#event-sourcing';
import type { Committed, Held } from '#stock';
import type { LedgerEvent } from '../src/events/ledger-event.js';
import { type logBuilder, recordedAtOf } from './log-builder.js';

/* The steps of an arbitrary log, and what its steps have led to so far. */

export const skus = ['A', 'B', 'a-1', 'Ü x'];
export const locations = ['wh1', 'wh2'];
export const channels = ['web', 'b2b'];
/** Sold, never stocked. */
export const bundle = 'SET';

const kinds = [
  ...(['receive', 'adjust', 'damage', 'fence', 'reserve', 'release', 'undo', 'extend', 'commit', 'issue'] as const),
  ...(['note', 'list', 'channel', 'order', 'own_terms', 'bundle'] as const),
];

export type Step = {
  readonly kind: (typeof kinds)[number];
  readonly sku: number;
  readonly location: number;
  readonly channel: number;
  readonly quantity: number;
  /** Which cart, order line or product. */
  readonly ref: number;
  /** How long before its recording it happened. */
  readonly lateMillis: number;
  readonly flag: boolean;
};

export const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  sku: fc.nat({ max: skus.length - 1 }),
  location: fc.nat({ max: locations.length - 1 }),
  channel: fc.nat({ max: channels.length - 1 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  ref: fc.nat({ max: 3 }),
  lateMillis: fc.nat({ max: 40 }),
  flag: fc.boolean(),
});

export type World = {
  readonly log: ReturnType<typeof logBuilder>;
  readonly holds: Map<string, Held & { readonly commandId: string }>;
  readonly lines: Map<string, readonly Committed[]>;
};

export type At = {
  readonly world: World;
  readonly step: Step;
  readonly sku: string;
  readonly channel: string;
  readonly location: string;
};

export type Unplaced = LedgerEvent extends infer Event
  ? Event extends LedgerEvent
    ? Omit<Event, 'occurredAt'>
    : never
  : never;

export const emit = ({ world, step, sku }: At, event: Unplaced, commandId?: string): string => {
  const number = world.log.events.length + 1;
  const occurredAt = instantOf(millisOf(recordedAtOf(number)) - step.lateMillis);
  const id = commandId ?? `command-${number}`;
  const guard = commandId === undefined ? {} : { commandId, commandHash: `hash of ${commandId}` };
  world.log.add(`stock-${sku}`, { ...event, occurredAt }, { ...guard, occurredAt });
  return id;
};
