import type { Instant } from '#event-sourcing';
import { authorityOf, type KnownPolicy } from './authority.js';
import { frozenLinesMax } from './bounds.js';
import type { OrderEvent, OrderLinesResolved, OrderTargetsSet, Snapshot, UnmappedLine } from './events.js';
import { lineInBaseUnits } from './form.js';
import { freeze, type Freezing } from './freezing.js';
import { productKey } from './product.js';
import type { OrderRefusal } from './refusals.js';
import { evolveOrder, type OrderState } from './state.js';
import { targetsFrom } from './targets.js';

/** The order that is decided on. */
export type OrderName = { readonly channel: string; readonly orderKey: string };

export type Settled =
  | { readonly kind: 'settled'; readonly events: readonly OrderEvent[] }
  | { readonly kind: 'refused'; readonly refusal: OrderRefusal };

const waitFor = (lines: readonly UnmappedLine[]): string =>
  JSON.stringify(lines.map(({ line, ids }) => [line, productKey({ ids })]));

/** Said only when it adds something: a line that is frozen now, or another set of lines that wait. */
const resolvedBy = (
  name: OrderName,
  { added, unmapped }: Freezing,
  state: OrderState,
  now: Instant,
): readonly OrderLinesResolved[] =>
  added.length === 0 && waitFor(unmapped) === waitFor(state.unmapped)
    ? []
    : [{ type: 'OrderLinesResolved', data: { lines: added, unmapped, ...name }, occurredAt: now }];

const reservationOf = (channel: string, { cart }: Snapshot): { readonly reservation?: string } =>
  cart === undefined ? {} : { reservation: `${channel}:${cart}` };

/** What stands beside the lines and concerns each of them. */
const headOf = (
  name: OrderName,
  snapshot: Snapshot,
  policy: KnownPolicy,
): Omit<OrderTargetsSet['data'], 'targets'> => ({
  channel: name.channel,
  orderKey: name.orderKey,
  connection: policy.channel.connection,
  placedAt: snapshot.placedAt,
  ...reservationOf(name.channel, snapshot),
});

const targetsSet = (name: OrderName, snapshot: Snapshot, state: OrderState, policy: KnownPolicy): OrderTargetsSet => {
  const head = headOf(name, snapshot, policy);
  const afresh =
    state.told !== null && (state.told.placedAt !== head.placedAt || state.told.reservation !== head.reservation);
  const targets = targetsFrom({
    state,
    snapshot,
    authority: authorityOf(policy),
    revision: state.revision + 1,
    afresh,
  });
  return { type: 'OrderTargetsSet', data: { targets, ...head }, occurredAt: snapshot.changedAt };
};

/** What is known only with the frozen lines: how many there are by now, and units in base units. */
const outOfBounds = (snapshot: Snapshot, state: OrderState): OrderRefusal | undefined => {
  const targets = state.frozen.reduce((count, { bundle }) => count + (bundle?.components.length ?? 1), 0);
  if (targets > frozenLinesMax) return { code: 'too_many_lines', lines: targets, max: frozenLinesMax };
  const named = new Map(snapshot.lines.map((line) => [line.line, line]));
  for (const frozen of state.frozen) {
    const line = named.get(frozen.line);
    if (line === undefined || productKey(line.product) !== frozen.product) continue;
    const refusal = lineInBaseUnits(line, frozen);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

/**
 * The events that bring an order to where its newest snapshot wants it: `first` (what was just said), then the lines
 * frozen by it, then all targets. One append: the targets carry the revision that their own event will have.
 */
export const settle = (
  name: OrderName,
  first: readonly OrderEvent[],
  before: OrderState,
  snapshot: Snapshot,
  policy: KnownPolicy,
  now: Instant,
): Settled => {
  const told = first.reduce(evolveOrder, before);
  const resolved = resolvedBy(name, freeze(told, snapshot, policy), told, now);
  const state = resolved.reduce<OrderState>(evolveOrder, told);
  const refusal = outOfBounds(snapshot, state);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  return { kind: 'settled', events: [...first, ...resolved, targetsSet(name, snapshot, state, policy)] };
};
