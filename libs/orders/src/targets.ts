import type { Revision } from '#event-sourcing';
import type { Authority } from './authority.js';
import type { BaselineLine } from './commands.js';
import type { FrozenLine, LineTarget, Snapshot, SnapshotLine } from './events.js';
import { paymentEffects } from './payment.js';
import { takenBy, type TakenSku } from './components.js';
import { frozenKey, productKey } from './product.js';
import { targetsOf, type OrderState } from './state.js';

/**
 * From a whole snapshot follows what each SKU stream should stand at, line by line: a function of the newest snapshot
 * and the frozen lines alone. That is why every order of arrival ends in the same state; "last wins" per line or the
 * maximum of what was seen would not.
 *
 * A frozen line whose (line id, product) the snapshot no longer has is ordered 0 and stays listed: the SKU stream must
 * hear it.
 */

type Quantities = Omit<LineTarget, 'version'>;

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

const quantitiesOf = (ground: Ground): Quantities => {
  const { frozen, taken, line, baseline, payment } = ground;
  const shipped = shippedOf(ground);
  const restocked = restockedOf(ground);
  const units = (sold: number): number => sold * taken.units;
  return {
    line: frozen.key,
    sku: taken.sku,
    ordered: units(line?.ordered ?? 0),
    promised: units(line === undefined ? 0 : line.ordered - cancelledOf(line, payment)),
    baselineIssued: units(baseline?.issued ?? 0),
    baselineReturned: units(baseline?.returned ?? 0),
    ...(shipped === undefined ? {} : { shipped }),
    ...(restocked === undefined ? {} : { restocked }),
    withheld: units(line === undefined ? 0 : withheldOf(line, payment)),
    ...(line?.location === undefined ? {} : { location: line.location }),
    paid: line !== undefined && paymentEffects[payment].paid,
  };
};

const same = (a: Quantities, b: LineTarget): boolean =>
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
const versioned = (quantities: Quantities, previous: LineTarget | undefined, revision: Revision): LineTarget => ({
  version: previous !== undefined && same(quantities, previous) ? previous.version : revision,
  ...quantities,
});

export type Setting = {
  /** The order with the lines of this snapshot frozen. */
  readonly state: OrderState;
  readonly snapshot: Snapshot;
  readonly authority: Authority;
  /** The revision that the OrderTargetsSet event will have. */
  readonly revision: Revision;
  /** Every line's target is new: what stands beside the lines (the cart, the day of the order) has changed. */
  readonly afresh: boolean;
};

/** A line is told once to each SKU that it takes. Keys hold no control characters. */
const toldKey = (line: string, sku: string): string => `${line}\u0000${sku}`;

/** By what each frozen line finds its own: the snapshot's line, the baseline, what was told before; once for each SKU. */
const groundsOf = ({ state, snapshot, authority }: Setting): ((frozen: FrozenLine) => readonly Ground[]) => {
  const lines = new Map(snapshot.lines.map((line) => [line.line, line]));
  const baseline = new Map(state.baseline?.map((line) => [frozenKey(line.line, 1), line]));
  const told = new Map(targetsOf(state).map((target) => [toldKey(target.line, target.sku), target]));
  return (frozen) => {
    const named = lines.get(frozen.line);
    return takenBy(frozen).map((taken) => ({
      frozen,
      taken,
      line: named !== undefined && productKey(named.product) === frozen.product ? named : undefined,
      baseline: baseline.get(frozen.key),
      payment: snapshot.payment,
      authority,
      previous: told.get(toldKey(frozen.key, taken.sku)),
    }));
  };
};

/** The targets of all frozen lines in the order of freezing, in base units; those of a bundle in the order of its recipe. */
export const targetsFrom = (setting: Setting): readonly LineTarget[] => {
  return setting.state.frozen
    .flatMap(groundsOf(setting))
    .map((ground) => versioned(quantitiesOf(ground), setting.afresh ? undefined : ground.previous, setting.revision));
};
