import type { FactReport, Ledger } from '#apps/ledger';
import { skuPolicyStream, type BufferPolicy, type ChannelPolicy, type LocationPolicy, type SkuTerms } from '#atp';
import { plus, type Outcome } from '#event-sourcing';
import { channels, locations, type Process, type World } from './world.js';
import { holdInWords, lineInWords, lineKeyOf, sumOf } from './auditor/books.js';
import {
  count,
  noteAnswered,
  type FactIntent,
  type FactNotes,
  type Notes,
  type OrderNotes,
  type Snapshot,
} from './intents.js';

export const skus = ['mug', 'plate', 'spoon'] as const;
const carts = ['c1', 'c2', 'c3', 'c4'] as const;
const orderKeys = ['o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7', 'o8'] as const;

const factKinds = [
  ...(['receipt', 'receipt', 'receipt', 'issue', 'issue', 'return', 'adjustment', 'bucket_change'] as const),
  ...(['transfer_dispatch', 'transfer_receipt', 'transfer_close', 'incoming', 'incoming', 'incoming'] as const),
];

/** Draws from the seed alone. */
export type Draw = {
  readonly below: (bound: number) => number;
  readonly oneOf: <Item>(items: readonly Item[]) => Item;
  readonly chance: (probability: number) => boolean;
};
export const drawFrom = (random: () => number): Draw => {
  const below = (bound: number): number => Math.floor(random() * bound);
  return {
    below,
    oneOf: (items) => items[below(items.length)] as (typeof items)[number],
    chance: (probability) => random() < probability,
  };
};

export type Scene = {
  readonly world: World;
  readonly draw: Draw;
  readonly notes: Notes;
  readonly processes: Process[];
  nextId: number;
};

const someProcess = ({ draw, processes }: Scene): Process => draw.oneOf(processes);
const asker = (connection: string, idempotencyKey?: string) => ({
  connection,
  actor: 'simulation',
  correlationId: 'simulation',
  ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
});

/** A fact of a new version under its key; whole numbers that keep the stock near 0, where it hurts. */
const contentOf = ({ draw, world }: Scene, sourceKey: string, sourceVersion: number): FactIntent => {
  const moved = draw.chance(0.2) ? -1 : 1;
  const occurredAt = plus(world.clock.now(), -draw.below(draw.chance(0.1) ? 400_000_000 : 4_000_000));
  const reporting = { connection: 'wms', sourceKey, sourceVersion, occurredAt, location: draw.oneOf(locations) };
  const quantity = draw.below(sourceVersion > 1 ? 6 : 12);
  return { sku: '', connection: 'wms', fact: shapeOf(draw, reporting, quantity, moved) };
};

/** An order line by its key, whether its order has come yet or not. */
const someLine = (draw: Draw) => ({
  ...{ channel: draw.oneOf(['web', 'b2b']), orderKey: draw.oneOf(orderKeys), line: draw.oneOf(['l1', 'l2', 'l3']) },
});

/** Few, so that each is corrected and asked for by many; of three SKUs in turn, like all that is reported. */
const purchasesMax = 9;

/** Every other receipt brings units of a line of a purchase order, whether that has been told or not. */
const ofPurchase = (sourceKey: string): { readonly incomingLine?: string } => {
  const number = Number(sourceKey.split('-')[1]);
  return number % 2 === 0 ? { incomingLine: `incoming-${number % purchasesMax}` } : {};
};

/** Near enough that the day passes in some lives. */
const termsOfPurchase = (draw: Draw, orderedAt: string) => ({
  ...{ orderedAt, confirmed: draw.chance(0.85), confidence: draw.oneOf([10_000, 10_000, 9_000, 5_000]) },
  ...(draw.chance(0.85) && { eta: plus(orderedAt, draw.below(250_000_000)) }),
});

const shapeOf = (
  draw: Draw,
  reporting: { connection: string; sourceKey: string; sourceVersion: number; occurredAt: string; location: string },
  quantity: number,
  sign: number,
): FactReport => {
  const kind = reporting.sourceKey.split('-')[0] as (typeof factKinds)[number];
  const transfer = `t${draw.below(3)}`;
  switch (kind) {
    case 'receipt':
      return {
        ...{ kind: 'receipt', ...reporting, quantity, bucket: draw.oneOf(['sellable', 'sellable', 'quarantined']) },
        ...ofPurchase(reporting.sourceKey),
      };
    case 'incoming':
      return { kind, ...reporting, quantity: 2 * quantity, ...termsOfPurchase(draw, reporting.occurredAt) };
    case 'issue':
      return { kind: 'issue', ...reporting, quantity, ...(draw.chance(0.7) && { order: someLine(draw) }) };
    case 'return':
      return { kind: 'return', ...reporting, quantity, disposition: draw.oneOf(['sellable', 'damaged', 'scrapped']) };
    case 'adjustment':
      return { kind: 'adjustment', ...reporting, quantity: sign * quantity, bucket: 'sellable', reason: 'found' };
    case 'bucket_change':
      return {
        ...{ kind: 'bucket_change', ...reporting, quantity, reason: 'inspected' },
        ...draw.oneOf([{ from: 'sellable', to: 'damaged' } as const, { from: 'quarantined', to: 'sellable' } as const]),
      };
    case 'transfer_dispatch':
      return { kind, ...reporting, transfer, to: draw.oneOf(locations), quantity };
    case 'transfer_receipt':
      return { kind, ...reporting, transfer, quantity };
    case 'transfer_close':
      return { kind, ...reporting, transfer, lost: quantity };
  }
};

/** Reports a fact: a new one, a correction, or something it has said before, in any order. */
export const reportFact = async (scene: Scene): Promise<void> => {
  const { draw, notes } = scene;
  const kind = draw.oneOf(factKinds);
  const sourceKey = `${kind}-${draw.below(kind === 'incoming' ? purchasesMax : 25)}`;
  const sku = skus[Number(sourceKey.split('-')[1]) % skus.length] as string;
  const known = notes.facts.get(sourceKey) ?? { versions: new Map<number, FactIntent>(), acknowledged: 0 };
  notes.facts.set(sourceKey, known);
  const isNew = known.versions.size === 0 || (known.versions.size < 4 && draw.chance(0.4));
  const version = isNew ? known.versions.size + 1 : 1 + draw.below(known.versions.size);
  if (isNew) known.versions.set(version, { ...contentOf(scene, sourceKey, version), sku });
  const intent = known.versions.get(version) as FactIntent;
  await tellFact(scene, known, intent);
};

const tellFact = async (scene: Scene, known: FactNotes, { sku, connection, fact }: FactIntent): Promise<void> => {
  const { notes } = scene;
  const { ledger } = someProcess(scene);
  const outcome = await ledger.report(asker(connection), sku, fact, { momentGiven: true });
  const what = fact.kind === 'count' ? 'count' : 'fact';
  count(notes, `${what} ${outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind}`);
  if (outcome.kind !== 'accepted') return;
  known.acknowledged = Math.max(known.acknowledged, fact.sourceVersion);
  for (const event of outcome.events) notes.acknowledged.set(event.eventId, fact.sourceKey);
};

/** Counts a place: anew, or corrects what an earlier count had said of its moment. */
export const countStock = async (scene: Scene): Promise<void> => {
  const { draw, world, notes } = scene;
  const sku = draw.oneOf(skus);
  const sourceKey = `count-${sku}-${draw.below(8)}`;
  const known = notes.facts.get(sourceKey) ?? { versions: new Map<number, FactIntent>(), acknowledged: 0 };
  notes.facts.set(sourceKey, known);
  const version = known.versions.size < 3 ? known.versions.size + 1 : 1 + draw.below(3);
  const first = known.versions.get(1)?.fact;
  const asOf = first?.occurredAt ?? plus(world.clock.now(), -draw.below(3_600_000));
  const fact: FactReport = known.versions.get(version)?.fact ?? {
    ...{ kind: 'count', connection: 'wms', sourceKey, sourceVersion: version, occurredAt: asOf, asOf },
    ...{ location: first?.location ?? draw.oneOf(locations), basis: draw.oneOf(['on_hand', 'on_hand', 'usable']) },
    observed: draw.below(20),
  };
  known.versions.set(version, { sku, connection: 'wms', fact });
  await tellFact(scene, known, { sku, connection: 'wms', fact });
};

type Holds = readonly { readonly sku: string; readonly held: number; readonly expiresAt?: string }[];

const noteHolds = (notes: Notes, reservation: string, lines: Holds): void => {
  for (const { sku, held, expiresAt } of lines)
    if (held > 0) noteAnswered(notes, sku, holdInWords(reservation, held, String(expiresAt)));
};

/** Sets a cart, and tries again under the same id when nobody could say what had become of it. */
export const setCart = async (scene: Scene): Promise<void> => {
  const { draw, notes } = scene;
  const { channel, connection } = draw.oneOf(channels);
  const lines = skus.filter(() => draw.chance(0.6)).map((sku) => ({ sku, quantity: draw.below(5) }));
  const ttlMillis = 1_000 + draw.below(600_000);
  const wish = { channel, cart: draw.oneOf(carts), lines, ttlMillis, partial: draw.chance(0.2) };
  const id = `cart-${(scene.nextId += 1)}`;
  for (let tries = 0; tries < 1 + draw.below(3); tries += 1) {
    const answer = await someProcess(scene).ledger.carts.set(asker(connection, id), wish);
    count(notes, `cart ${answer.kind}`);
    if (answer.kind === 'too_many_skus') return;
    noteHolds(notes, `${channel}:${wish.cart}`, answer.lines);
    if (answer.kind === 'held') return;
  }
};

export const releaseCart = async (scene: Scene): Promise<void> => {
  const { draw } = scene;
  const { channel, connection } = draw.oneOf(channels);
  const place = { channel, cart: draw.oneOf(carts) };
  const { carts: desk } = someProcess(scene).ledger;
  const by = asker(connection, `release-${(scene.nextId += 1)}`);
  if (draw.chance(0.5)) await desk.release(by, place);
  else await desk.extend(by, { ...place, ttlMillis: 60_000 });
};

const editOf = ({ draw, world }: Scene, known: OrderNotes): Snapshot => {
  const version = known.snapshots.length + 1;
  const now = world.clock.now();
  const lines = ['l1', 'l2', 'l3']
    .filter(() => draw.chance(0.7))
    .map((line, index) => {
      const ordered = 1 + draw.below(5);
      const sku = draw.chance(0.9) ? (skus[index] as string) : draw.oneOf(skus);
      const cancelled = draw.chance(0.3) ? draw.below(ordered + 1) : 0;
      const shipped = draw.chance(0.4) ? draw.below(ordered - cancelled + 1) : 0;
      return { line, product: { sku, unitsPerSale: 1 + draw.below(2) }, ordered, cancelled, shipped };
    });
  const payment = draw.oneOf(['paid', 'paid', 'paid', 'pending', 'cancelled', 'refunded'] as const);
  const cart = draw.chance(0.5) ? { cart: draw.oneOf(carts) } : {};
  return { version, placedAt: plus(now, -60_000), changedAt: now, payment, ...cart, lines };
};

const notesOfOrder = ({ notes }: Scene, channel: string, orderKey: string): OrderNotes => {
  const key = `${channel}/${orderKey}`;
  const known = notes.orders.get(key) ?? { channel, orderKey, snapshots: [], acknowledged: 0 };
  notes.orders.set(key, known);
  return known;
};

const tellOrder = async (
  { notes }: Scene,
  { ledger }: Process,
  connection: string,
  known: OrderNotes,
  snapshot: Snapshot,
): Promise<void> => {
  const { channel, orderKey } = known;
  const answer = await ledger.orders.record(asker(connection), { channel, orderKey }, snapshot);
  count(notes, `order ${answer.kind === 'failed' ? answer.failure.kind : answer.kind}`);
  if (answer.kind !== 'recorded') return;
  known.acknowledged = Math.max(known.acknowledged, snapshot.version);
  for (const { key, sku, committed = 0, unsourced = 0, backordered, issued } of answer.lines)
    if (key !== undefined && sku !== undefined && issued !== undefined)
      noteAnswered(
        ...([notes, sku] as const),
        lineInWords(lineKeyOf({ channel, orderKey, line: key }), {
          ...{ committed, unsourced, issued, backordered: sumOf(backordered) },
        }),
      );
};

/** Sends a snapshot of an order: a new one, or any that was sent before. */
export const sendOrder = async (scene: Scene): Promise<void> => {
  const { draw } = scene;
  const { channel, connection } = draw.oneOf(channels);
  const known = notesOfOrder(scene, channel, draw.oneOf(orderKeys));
  if (known.snapshots.length === 0 || draw.chance(0.5)) known.snapshots.push(editOf(scene, known));
  const snapshot = draw.chance(0.6) ? (known.snapshots.at(-1) as Snapshot) : draw.oneOf(known.snapshots);
  await tellOrder(scene, someProcess(scene), connection, known, snapshot);
};

/**
 * Sends an order once and kills who takes it in, somewhere between the order's own append and those of its SKUs. Nobody
 * sends it again: what the log has of it must reach the SKUs all the same.
 */
export const crashAmidOrder = async (scene: Scene): Promise<void> => {
  const { draw, processes, world } = scene;
  const { channel, connection } = draw.oneOf(channels);
  const known = notesOfOrder(scene, channel, `once-${(scene.nextId += 1)}`);
  known.snapshots.push(editOf(scene, known));
  const victim = draw.below(processes.length);
  const process = processes[victim] as Process;
  void tellOrder(scene, process, connection, known, known.snapshots[0] as Snapshot).catch(() => undefined);
  for (let turns = draw.below(40); turns > 0; turns -= 1) await Promise.resolve();
  process.kill();
  processes[victim] = await world.start();
};

export const sweepWith = async (scene: Scene, { ledger }: Process, sku: string): Promise<void> => {
  const caller = { commandId: `sweep-${(scene.nextId += 1)}`, deadline: plus(scene.world.clock.now(), 2_000) };
  await ledger.lanes.stock.execute({
    ...{ ...caller, actor: 'sweeper', correlationId: 'sweep', source: { connection: 'operator' } },
    ...{ stream: `stock-${sku}`, command: { kind: 'sweep', connection: 'operator' }, guard: 'key' as const },
  });
};
export const sweep = (scene: Scene): Promise<void> => sweepWith(scene, someProcess(scene), scene.draw.oneOf(skus));

/** Somebody keeps units back, or has a location counted, or undoes it; by what this process knows, which may be old. */
export const changePolicy = async (scene: Scene): Promise<void> => {
  const { draw, notes } = scene;
  const { ledger } = someProcess(scene);
  const book = ledger.policies.book();
  const of = draw.oneOf(['location', 'channel', 'sku'] as const);
  const outcome =
    of === 'location'
      ? await changeLocation(scene, ledger, book.locations.get(draw.oneOf(locations)))
      : of === 'channel'
        ? await changeChannel(scene, ledger, book.channels.get(draw.oneOf(channels).channel))
        : await changeSku(scene, ledger, draw.oneOf(skus));
  count(notes, `policy ${outcome}`);
  count(notes, `policy of a ${of}`);
};

const inWord = (outcome: Outcome<unknown, object>): string =>
  outcome.kind === 'accepted' && outcome.events.length === 0 ? 'unchanged' : outcome.kind;

const changeLocation = async ({ draw }: Scene, ledger: Ledger, policy: LocationPolicy | undefined): Promise<string> => {
  if (policy === undefined) return 'unknown';
  const { location, author, authors, kind: locationKind, revision } = policy;
  const state = draw.chance(0.7) ? 'open' : draw.oneOf(['counting', 'closed'] as const);
  const change = { kind: 'change_location', location, author, authors, locationKind, state, revision } as const;
  return inWord(await ledger.setLocation(asker('operator'), change));
};

const someBuffer = (draw: Draw): BufferPolicy => {
  const share = draw.chance(0.5) ? { units: draw.below(4) } : { basisPoints: draw.below(5_000), unitsMax: 3 };
  return { effect: draw.oneOf(['hard', 'hard', 'soft'] as const), ...share };
};

const ownTerms = (draw: Draw): SkuTerms => ({
  buffer: someBuffer(draw),
  ...(draw.chance(0.2) && { backorder: 'never' as const }),
});

const changeSku = async ({ draw }: Scene, ledger: Ledger, sku: string): Promise<string> => {
  const [found] = await ledger.lanes.skus.load([skuPolicyStream(sku)]);
  const chosen = channels.filter(() => draw.chance(0.5));
  const own = Object.fromEntries(chosen.map(({ channel }) => [channel, ownTerms(draw)] as const));
  const change = { kind: 'set_sku_policy', sku, channels: own, revision: found?.revision ?? -1 } as const;
  return inWord(await ledger.setSkuPolicy(asker('operator'), change));
};

const changeChannel = async ({ draw }: Scene, ledger: Ledger, policy: ChannelPolicy | undefined): Promise<string> => {
  if (policy === undefined) return 'unknown';
  const { buffer: _buffer, connection: _connection, ...terms } = policy;
  const buffer = draw.chance(0.7) ? { buffer: someBuffer(draw) } : {};
  return inWord(await ledger.setChannel(asker('operator'), { kind: 'change_channel', ...terms, ...buffer }));
};

/** Somebody keeps units of a location for a channel, or thinks better of it. */
export const setQuota = async (scene: Scene): Promise<void> => {
  const { draw, notes } = scene;
  const { channel, locations: served } = draw.oneOf(channels);
  const outcome = await someProcess(scene).ledger.ask(
    asker('operator', `quota-${(scene.nextId += 1)}`),
    draw.oneOf(skus),
    {
      ...{ kind: 'set_quota', connection: 'operator', channel, location: draw.oneOf(served) },
      ...{ quantity: draw.below(6), priority: draw.below(2) },
    },
  );
  count(notes, `quota ${outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind}`);
};
