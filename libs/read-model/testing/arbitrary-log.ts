import fc from 'fast-check';
import { millisOf, instantOf } from '#event-sourcing';
import type { Instant, RecordedEvent } from '#event-sourcing';
import { unsourcedOf } from '#stock';
import type { Bucket, Committed, Fact, FactKind, Held, LineStanding, OrderLine, Outside, Part } from '#stock';
import type { LedgerEvent } from '../src/events/ledger-event.js';
import { logBuilder, recordedAtOf } from './log-builder.js';

/* Logs that keep the ledger's own rules (holds and lines give back what they took), whatever the steps. */

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

export const logArbitrary: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .array(stepArbitrary, { minLength: 1, maxLength: 120 })
  .map((steps) => logOf(steps));

const farFuture: Instant = '2099-01-01T00:00:00.000Z';

type World = {
  readonly log: ReturnType<typeof logBuilder>;
  readonly holds: Map<string, Held & { readonly commandId: string }>;
  readonly lines: Map<string, readonly Committed[]>;
};

export const logOf = (steps: readonly Step[]): readonly RecordedEvent[] => {
  const world: World = { log: logBuilder(), holds: new Map(), lines: new Map() };
  for (const location of locations)
    world.log.add(`policy-location-${location}`, {
      type: 'LocationDefined',
      occurredAt: recordedAtOf(0),
      data: { location, author: 'erp', authors: {} },
    });
  channels.forEach((channel, index) => define(world, channel, locations.slice(0, index + 1)));
  for (const step of steps) play(world, step);
  return world.log.events;
};

const define = ({ log }: World, channel: string, at: readonly string[]): void => {
  log.add(`policy-channel-${channel}`, {
    type: 'ChannelDefined',
    occurredAt: recordedAtOf(0),
    data: { channel, connection: channel, locations: at, reservationTtlMillis: 60_000, splitCarts: false },
  });
};

const play = (world: World, step: Step): void => {
  const sku = skus[step.sku] ?? '';
  const channel = channels[step.channel] ?? '';
  const location = locations[step.location] ?? '';
  const at = { world, step, sku, channel, location };
  switch (step.kind) {
    case 'receive':
      return fact(at, 'StockReceived', 'receipt', 'supplier', 'sellable');
    case 'adjust':
      return step.flag
        ? fact(at, 'StockAdjusted', 'adjustment', 'adjustment', 'sellable')
        : fact(at, 'StockAdjusted', 'adjustment', 'sellable', 'adjustment');
    case 'damage':
      return fact(at, 'StockMovedBetweenBuckets', 'bucket_change', 'sellable', 'damaged');
    case 'fence':
      return fact(at, 'StockMovedBetweenBuckets', 'bucket_change', 'sellable', `fenced:${channel}`);
    case 'reserve':
      return reserve(at);
    case 'release':
    case 'undo':
      return release(at);
    case 'extend':
      return extend(at);
    case 'commit':
      return commit(at);
    case 'issue':
      return issue(at);
    case 'note':
      emit(at, { type: 'RequestNoted', data: { parts: [], request: 'release', channel } }, `note-${step.ref}`);
      return;
    case 'list':
      world.log.add(`listing-${channel}-p${step.ref}`, {
        type: 'ListingMapped',
        occurredAt: recordedAtOf(0),
        data: {
          channel,
          ids: { product: `p${step.ref}`, ...(step.flag && { variant: 'red' }) },
          sku: step.ref === 3 ? bundle : sku,
          unitsPerSale: step.quantity,
        },
      });
      return;
    case 'channel':
      return define(world, channel, step.flag ? [location] : [...locations].reverse());
    case 'own_terms':
      return ownTerms(at);
    case 'order':
      world.log.add(`order-${channel}-${step.ref}`, {
        type: 'OrderLinesResolved',
        occurredAt: recordedAtOf(0),
        data: { channel, orderKey: `${step.ref}`, lines: [], unmapped: [] },
      });
      return;
    case 'bundle':
      return setRecipe(world, step);
    default:
      return step.kind satisfies never;
  }
};

const ownTerms = ({ world, step, sku, channel }: At): void => {
  const buffer = { effect: step.ref % 2 === 0 ? 'hard' : 'soft', units: step.quantity } as const;
  world.log.add(`policy-sku-${sku}`, {
    type: 'SkuPolicySet',
    occurredAt: recordedAtOf(0),
    data: { sku, channels: step.flag ? { [channel]: { buffer } } : {} },
  });
};

const setRecipe = ({ log }: World, step: Step): void => {
  const data = { sku: bundle, components: componentsOf(step) };
  log.add(`policy-bundle-${bundle}`, { type: 'BundleRecipeSet', occurredAt: recordedAtOf(0), data });
};

/** One or two SKUs; now and then none: the bundle has ended. */
const componentsOf = ({ sku, ref, quantity }: Step) => {
  if (quantity === 9) return [];
  const [first = '', second = ''] = [skus[sku], skus[ref]];
  const units = 1 + (quantity % 3);
  return first === second
    ? [{ sku: first, units }]
    : [
        { sku: first, units },
        { sku: second, units: 1 },
      ];
};

type At = {
  readonly world: World;
  readonly step: Step;
  readonly sku: string;
  readonly channel: string;
  readonly location: string;
};

type Unplaced = LedgerEvent extends infer Event
  ? Event extends LedgerEvent
    ? Omit<Event, 'occurredAt'>
    : never
  : never;

const emit = ({ world, step, sku }: At, event: Unplaced, commandId?: string): string => {
  const number = world.log.events.length + 1;
  const occurredAt = instantOf(millisOf(recordedAtOf(number)) - step.lateMillis);
  const id = commandId ?? `command-${number}`;
  const guard = commandId === undefined ? {} : { commandId, commandHash: `hash of ${commandId}` };
  world.log.add(`stock-${sku}`, { ...event, occurredAt }, { ...guard, occurredAt });
  return id;
};

const fact = (
  at: At,
  type: 'StockReceived' | 'StockAdjusted' | 'StockMovedBetweenBuckets',
  kind: FactKind,
  from: Bucket | Outside,
  to: Bucket | Outside,
): void => {
  const { step, location, world } = at;
  const parts: Part[] = step.flag && type === 'StockReceived' ? [] : [{ location, from, to, quantity: step.quantity }];
  const reported: Fact = {
    connection: 'erp',
    kind,
    sourceKey: `${step.ref}`,
    version: world.log.events.length,
    hash: `h${world.log.events.length}`,
  };
  emit(at, { type, data: { parts, fact: reported, reason: 'because' } } as Unplaced);
};

const reservationOf = ({ channel, step }: At): string => `${channel}:${step.ref}`;
const holdKey = (at: At): string => `${at.sku}|${reservationOf(at)}`;
const backOf = (held: Held | undefined): Part[] =>
  (held?.parts ?? []).map(({ location, from, quantity }) => ({ location, from: 'reserved', to: from, quantity }));

const reserve = (at: At): void => {
  const { world, step, location, channel } = at;
  const from = step.flag ? ('sellable' as const) : (`fenced:${channel}` as const);
  const taken = [{ location, from, quantity: step.quantity }];
  const parts: Part[] = [
    ...backOf(world.holds.get(holdKey(at))),
    { location, from, to: 'reserved', quantity: step.quantity },
  ];
  const expiresAt = step.lateMillis % 2 === 0 ? farFuture : recordedAtOf(world.log.events.length + 1_000);
  const held: Held = { quantity: step.quantity, parts: taken, expiresAt };
  const decidedOn = { atp: 0, policies: {} };
  const data = { parts, reservation: reservationOf(at), channel, requested: step.quantity, held, decidedOn };
  const commandId = emit(at, { type: 'StockReserved', data }, `reserve-${step.ref}-${step.quantity}`);
  world.holds.set(holdKey(at), { ...held, commandId });
};

const release = (at: At): void => {
  const { world, step, channel } = at;
  const held = world.holds.get(holdKey(at));
  if (held === undefined) return;
  const undoes = step.kind === 'undo' ? { undoes: held.commandId } : {};
  const reason = step.kind === 'undo' ? ('undone' as const) : ('released' as const);
  const data = { parts: backOf(held), reservation: reservationOf(at), channel, reason, ...undoes };
  emit(at, { type: 'ReservationReleased', data }, `release-${world.log.events.length}`);
  world.holds.delete(holdKey(at));
};

const extend = (at: At): void => {
  const held = at.world.holds.get(holdKey(at));
  if (held === undefined) return;
  const { commandId, ...before } = held;
  const longer: Held = { ...before, expiresAt: farFuture };
  emit(at, {
    type: 'ReservationExtended',
    data: { parts: [], reservation: reservationOf(at), channel: at.channel, held: longer },
  });
  at.world.holds.set(holdKey(at), { ...longer, commandId });
};

const orderOf = ({ channel, step }: At): OrderLine => ({ channel, orderKey: `o${step.ref}`, line: '1' });
const lineKey = (at: At): string => `${at.sku}|${at.channel}|${at.step.ref}`;

const standing = (at: At, committed: readonly Committed[]): LineStanding => ({
  version: at.world.log.events.length,
  ordered: 9,
  promised: 9,
  baselineIssued: 0,
  baselineReturned: 0,
  issued: 0,
  returned: 0,
  withheld: 0,
  committed,
  sent: [],
  paid: at.step.flag,
  placedAt: recordedAtOf(at.step.quantity),
});

/** The line's commitment is set anew, at a place or nowhere; its cart's hold, if there is one, is consumed. */
const commit = (at: At): void => {
  const { world, step, channel, location } = at;
  const to = step.flag ? location : unsourcedOf(channel);
  const before = world.lines.get(lineKey(at)) ?? [];
  const held = world.holds.get(holdKey(at));
  const parts: Part[] = [
    ...before.map((old) => ({
      location: old.location,
      from: 'committed' as const,
      to: 'sellable' as const,
      quantity: old.quantity,
    })),
    ...backOf(held),
    { location: to, from: 'sellable', to: 'committed', quantity: step.quantity },
  ];
  const committed = [{ location: to, quantity: step.quantity }];
  const consumed = held && { consumed: { reservation: reservationOf(at), quantity: held.quantity } };
  const decidedOn = { atp: 0, policies: {} };
  const data = { parts, order: orderOf(at), line: standing(at, committed), decidedOn, ...consumed };
  emit(at, { type: 'CommitmentChanged', data });
  world.lines.set(lineKey(at), committed);
  world.holds.delete(holdKey(at));
};

const issue = (at: At): void => {
  const { world, step } = at;
  const committed = world.lines.get(lineKey(at)) ?? [];
  if (committed.length === 0) return;
  const parts = committed.map((there): Part => ({ ...there, from: 'committed', to: 'customer' }));
  const reported: Fact = { connection: 'erp', kind: 'issue', sourceKey: `i${step.ref}`, version: 1, hash: 'h' };
  emit(at, {
    type: 'StockIssued',
    data: { parts, fact: reported, order: orderOf(at), line: standing(at, []) },
  });
  world.lines.set(lineKey(at), []);
};
