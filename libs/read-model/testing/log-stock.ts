import type { Instant } from '#event-sourcing';
import { unsourcedOf } from '#stock';
import type { Bucket, Committed, Fact, FactKind, Held, LineStanding, OrderLine, Outside, Part } from '#stock';
import { recordedAtOf } from './log-builder.js';
import { emit, type At, type Unplaced } from './log-steps.js';

/* Steps on a SKU, by the ledger's own rules: holds and lines give back what they took. */

const farFuture: Instant = '2099-01-01T00:00:00.000Z';

export const fact = (
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

export const reserve = (at: At): void => {
  const { world, step, location, channel } = at;
  const from = step.flag ? ('sellable' as const) : (`fenced:${channel}` as const);
  const taken = [{ location, from, quantity: step.quantity }];
  const parts: Part[] = [
    ...backOf(world.holds.get(holdKey(at))),
    { location, from, to: 'reserved', quantity: step.quantity },
  ];
  const expiresAt = step.lateMillis % 2 === 0 ? farFuture : recordedAtOf(world.log.events.length + 1_000);
  // Of the same cart now one listing, now another, now none.
  const listing = step.quantity % 3 === 0 ? {} : { listing: `42:${step.quantity % 3}` };
  const held: Held = { quantity: step.quantity, parts: taken, expiresAt, ...listing };
  const decidedOn = { atp: 0, policies: {} };
  const data = { parts, reservation: reservationOf(at), channel, requested: step.quantity, held, decidedOn };
  const commandId = emit(at, { type: 'StockReserved', data }, `reserve-${step.ref}-${step.quantity}`);
  world.holds.set(holdKey(at), { ...held, commandId });
};

export const release = (at: At): void => {
  const { world, step, channel } = at;
  const held = world.holds.get(holdKey(at));
  if (held === undefined) return;
  const undoes = step.kind === 'undo' ? { undoes: held.commandId } : {};
  const reason = step.kind === 'undo' ? ('undone' as const) : ('released' as const);
  const data = { parts: backOf(held), reservation: reservationOf(at), channel, reason, ...undoes };
  emit(at, { type: 'ReservationReleased', data }, `release-${world.log.events.length}`);
  world.holds.delete(holdKey(at));
};

export const extend = (at: At): void => {
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
export const commit = (at: At): void => {
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

export const issue = (at: At): void => {
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
