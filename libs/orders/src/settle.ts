import type { Instant } from '#event-sourcing';
import { authorityOf, type KnownPolicy } from './authority.js';
import { frozenLinesMax } from './bounds.js';
import type { OrderEvent, OrderLinesResolved, OrderTargetsSet, Snapshot, UnmappedLine } from './events.js';
import { lineInBaseUnits } from './form.js';
import { freeze, type Freezing } from './freezing.js';
import { lineNamed, namedIn, productKey, type NamedLine } from './product.js';
import type { OrderRefusal } from './refusals.js';
import { evolveOrder, type OrderState } from './state.js';
import { targetsFrom } from './targets.js';

type Named = ReadonlyMap<string, NamedLine>;

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

type Head = Omit<OrderTargetsSet['data'], 'targets'>;

/** What stands beside the lines and concerns each of them. */
const headOf = ({ channel, orderKey }: OrderName, { placedAt, cart }: Snapshot, policy: KnownPolicy): Head => {
  const head = { channel, orderKey, connection: policy.channel.connection, placedAt };
  return cart === undefined ? head : { ...head, reservation: `${channel}:${cart}` };
};

const targetsSet = (
  name: OrderName,
  snapshot: Snapshot,
  named: Named,
  state: OrderState,
  policy: KnownPolicy,
): OrderTargetsSet => {
  const head = headOf(name, snapshot, policy);
  const afresh =
    state.told !== null && (state.told.placedAt !== head.placedAt || state.told.reservation !== head.reservation);
  const targets = targetsFrom({
    state,
    payment: snapshot.payment,
    named,
    authority: authorityOf(policy),
    revision: state.revision + 1,
    afresh,
  });
  return { type: 'OrderTargetsSet', data: { ...head, targets }, occurredAt: snapshot.changedAt };
};

/** What is known only with the frozen lines: how many there are by now, and units in base units. */
const outOfBounds = (named: Named, state: OrderState): OrderRefusal | undefined => {
  let targets = 0;
  for (const { bundle } of state.frozen) targets += bundle?.components.length ?? 1;
  if (targets > frozenLinesMax) return { code: 'too_many_lines', lines: targets, max: frozenLinesMax };
  for (const frozen of state.frozen) {
    const line = lineNamed(named, frozen);
    const refusal = line && lineInBaseUnits(line, frozen);
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
  const named = namedIn(snapshot);
  const resolved = resolvedBy(name, freeze(told, named, policy), told, now);
  const state = resolved.reduce<OrderState>(evolveOrder, told);
  const refusal = outOfBounds(named, state);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  return { kind: 'settled', events: [...first, ...resolved, targetsSet(name, snapshot, named, state, policy)] };
};
