import type { Changing, Revision } from '#event-sourcing';
import type { Authority } from './authority.js';
import type { BaselineLine } from './commands.js';
import type { FrozenLine, LineTarget, Snapshot, SnapshotLine } from './events.js';
import { paymentEffects } from './payment.js';
import { takenBy, type TakenSku } from './components.js';
import { frozenKey, lineNamed, type NamedLine } from './product.js';
import { targetsOf, type OrderState } from './state.js';

/**
 * From a whole snapshot follows what each SKU stream should stand at, line by line: a function of the newest snapshot
 * and the frozen lines alone. That is why every order of arrival ends in the same state; "last wins" per line or the
 * maximum of what was seen would not.
 *
 * A frozen line whose (line id, product) the snapshot no longer has is ordered 0 and stays listed: the SKU stream must
 * hear it.
 */

/** Everything a line's target is computed from. `line`: undefined when the snapshot no longer has it. */
type Ground = {
  readonly frozen: FrozenLine;
  /** The SKU that the target is of: one line has as many targets as its bundle has components. */
  readonly taken: TakenSku;
  readonly line: SnapshotLine | undefined;
  readonly baseline: BaselineLine | undefined;
  readonly payment: Snapshot['payment'];
  readonly authority: Authority;
  readonly previous: LineTarget | undefined;
};

/**
 * A cumulative figure that only its author may give. What a snapshot leaves out is 0 once an earlier one has said it;
 * what the shop never says is left out, because somebody else reports it (issues and returns as facts of their own).
 */
const said = (figure: number | undefined, before: number | undefined): number | undefined =>
  figure ?? (before === undefined ? undefined : 0);

const shippedOf = ({ taken, line, payment, authority, previous }: Ground): number | undefined => {
  const reported = line !== undefined && authority.issue(line) ? line.shipped : undefined;
  const shipped = said(reported, previous?.shipped);
  if (shipped === undefined) return undefined;
  return paymentEffects[payment].voidsIssued ? 0 : shipped * taken.units;
};

const restockedOf = ({ taken, line, authority, previous }: Ground): number | undefined => {
  const reported = line !== undefined && authority.return(line) ? line.restocked : undefined;
  const restocked = said(reported, previous?.restocked);
  return restocked === undefined ? undefined : restocked * taken.units;
};

/** Sold units that nobody wants any more: the cancelled ones, or all of them when the payment says so. */
const cancelledOf = (line: SnapshotLine, payment: Snapshot['payment']): number =>
  paymentEffects[payment].cancelsUnissued ? line.ordered : Math.min(line.ordered, line.cancelled);

/**
 * Sold units that were refunded before they were issued and that the shop did not put back: nobody has said that they
 * may be sold again, so they wait in quarantine. No more than are cancelled and not shipped: what was refunded after
 * its issue is with the customer. The SKU stream, which knows what was issued, takes no more than it frees.
 */
const withheldOf = (line: SnapshotLine, payment: Snapshot['payment']): number => {
  const kept = Math.max(0, (line.refunded ?? 0) - (line.restocked ?? 0));
  const unshipped = Math.max(0, line.ordered - (line.shipped ?? 0));
  return Math.min(kept, cancelledOf(line, payment), unshipped);
};

/** The target as it is where it has changed at this revision. */
const targetAt = (revision: Revision, ground: Ground): LineTarget => {
  const { frozen, taken, line, baseline, payment } = ground;
  const target: Changing<LineTarget> = {
    version: revision,
    line: frozen.key,
    sku: taken.sku,
    ordered: taken.units * (line?.ordered ?? 0),
    promised: line === undefined ? 0 : taken.units * (line.ordered - cancelledOf(line, payment)),
    baselineIssued: taken.units * (baseline?.issued ?? 0),
    baselineReturned: taken.units * (baseline?.returned ?? 0),
    withheld: line === undefined ? 0 : taken.units * withheldOf(line, payment),
    paid: line !== undefined && paymentEffects[payment].paid,
  };
  const shipped = shippedOf(ground);
  if (shipped !== undefined) target.shipped = shipped;
  const restocked = restockedOf(ground);
  if (restocked !== undefined) target.restocked = restocked;
  if (line?.location !== undefined) target.location = line.location;
  return target;
};

const same = (a: LineTarget, b: LineTarget): boolean =>
  a.ordered === b.ordered &&
  a.promised === b.promised &&
  a.baselineIssued === b.baselineIssued &&
  a.baselineReturned === b.baselineReturned &&
  a.shipped === b.shipped &&
  a.restocked === b.restocked &&
  a.withheld === b.withheld &&
  a.location === b.location &&
  a.paid === b.paid;

/** A line keeps its version while its target stays: for the SKU stream it is then the fact it knows already. */
const versioned = (target: LineTarget, previous: LineTarget | undefined): LineTarget =>
  previous !== undefined && same(target, previous) ? { ...target, version: previous.version } : target;

export type Setting = {
  /** The order with the lines of this snapshot frozen. */
  readonly state: OrderState;
  readonly payment: Snapshot['payment'];
  /** The lines of the snapshot. */
  readonly named: ReadonlyMap<string, NamedLine>;
  readonly authority: Authority;
  /** The revision that the OrderTargetsSet event will have. */
  readonly revision: Revision;
  /** Every line's target is new: what stands beside the lines (the cart, the day of the order) has changed. */
  readonly afresh: boolean;
};

/** A line is told once to each SKU that it takes. Keys hold no control characters. */
const toldKey = (line: string, sku: string): string => `${line}\u0000${sku}`;

const toldBefore = (state: OrderState): ReadonlyMap<string, LineTarget> => {
  const told = new Map<string, LineTarget>();
  for (const target of targetsOf(state)) told.set(toldKey(target.line, target.sku), target);
  return told;
};

const baselineOf = ({ baseline }: OrderState): ReadonlyMap<string, BaselineLine> =>
  new Map(baseline?.map((line) => [frozenKey(line.line, 1), line]));

/**
 * The targets of all frozen lines in the order of freezing, in base units; those of a bundle in the order of its recipe.
 * Each is worked out of the snapshot's line, the baseline and what was told before.
 */
export const targetsFrom = ({ state, payment, named, authority, revision, afresh }: Setting): readonly LineTarget[] => {
  const told = toldBefore(state);
  const baselines = baselineOf(state);
  const targets: LineTarget[] = [];
  for (const frozen of state.frozen) {
    const line = lineNamed(named, frozen);
    const baseline = baselines.get(frozen.key);
    for (const taken of takenBy(frozen)) {
      const previous = told.size === 0 ? undefined : told.get(toldKey(frozen.key, taken.sku));
      const target = targetAt(revision, { frozen, taken, line, baseline, payment, authority, previous });
      targets.push(afresh ? target : versioned(target, previous));
    }
  }
  return targets;
};
