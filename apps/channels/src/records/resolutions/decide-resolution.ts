import { millisOf, type Instant } from '#event-sourcing';
import type { KeptFinding } from '../findings/findings.js';
import type { Decided, Effect, Plan, ResolutionRefusal, Saying } from './resolution.js';

/** What is known beside the finding. */
export type Known = {
  readonly now: Instant;
  /** Base units of the SKU that one unit of the listing is; undefined: nobody knows. */
  readonly unitsPerSale: number | undefined;
};

/** Orders of a longer time are not read again at once. */
export const rereadDaysMax = 31;
/** A finding that rests longer is forgotten by everybody. */
export const snoozeDaysMax = 30;

const dayMillis = 86_400_000;

/** What follows from what a person says of a finding. Pure: what is to be done is told, not done. */
export const decideResolution = (finding: KeptFinding, saying: Saying, known: Known): Decided => {
  if (finding.state === 'resolved') return refused({ code: 'finding_resolved' });
  if (finding.state === 'noted') return refused({ code: 'finding_only_noted', kind: finding.kind });
  switch (saying.how) {
    case 'ledger_is_right':
      return planned(resolvedBy(finding, []));
    case 'shop_is_right':
      return decideAdjustment(finding, saying.location, known);
    case 'shop_missed_orders':
      return decideReread(finding, saying, known);
    case 'count_it':
      return planned(countingOf(finding));
    case 'snooze':
      return decideSnooze(finding, saying.until, known);
    default:
      return saying satisfies never;
  }
};

const planned = (plan: Plan): Decided => ({ kind: 'planned', plan });
const refused = (refusal: ResolutionRefusal): Decided => ({ kind: 'refused', refusal });

const isHeld = ({ kind }: KeptFinding): boolean => kind === 'drift_held';

const heldAlert = 'drift_held';
const countAlert = 'count_wanted';

const settled = ({ channel, row }: KeptFinding, code: string): Effect => ({
  ...{ kind: 'settle_alert', channel, code, subject: row },
});

/** Nobody has to be asked any more. A row that was above waits for nobody. */
const resolvedBy = (finding: KeptFinding, before: readonly Effect[]): Plan => {
  const { channel, row } = finding;
  const release = isHeld(finding) ? [{ kind: 'release', channel, row } as const, settled(finding, heldAlert)] : [];
  return { effects: [...before, ...release, settled(finding, countAlert)], leaves: 'resolved' };
};

/** What the shop has more, the ledger gets; what it has less, the ledger loses. */
const decideAdjustment = (finding: KeptFinding, location: string, { unitsPerSale }: Known): Decided => {
  const { id, sku, row, units, kind } = finding;
  if (unitsPerSale === undefined) return refused({ code: 'row_not_listed', row });
  const quantity = (kind === 'above' ? units : -units) * unitsPerSale;
  return planned(resolvedBy(finding, [{ kind: 'adjust', key: `finding-${id}`, sku, location, quantity }]));
};

/**
 * Orders that are found explain the reading as any order does. Whether they have explained all of it a person sees afterwards:
 * the row waits as before.
 */
const decideReread = (
  { channel, state, snoozedUntil }: KeptFinding,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  { now }: Known,
): Decided => {
  if (from >= to) return unfit('`from` must lie before `to`');
  if (to > now) return unfit('`to` must not lie ahead');
  if (millisOf(to) - millisOf(from) > rereadDaysMax * dayMillis) return unfit(`at most ${rereadDaysMax} days at once`);
  const effects = [{ kind: 'reread_orders', channel, from, to } as const];
  return planned({ effects, leaves: state, ...(snoozedUntil !== null && { snoozedUntil }) });
};

const unfit = (detail: string): Decided => refused({ code: 'time_range_unfit', detail });

const countingOf = (finding: KeptFinding): Plan => {
  const { id, channel, row, sku } = finding;
  const alert = {
    ...{ channel, code: countAlert, subject: row, level: 'ticket' as const },
    detail: `Count ${sku}: the shop's row ${row} showed ${finding.read}, and nobody knows what is right`,
    verb: `drift resolve ${id}`,
  };
  return {
    effects: [{ kind: 'raise_alert', alert }, ...(isHeld(finding) ? [settled(finding, heldAlert)] : [])],
    leaves: 'counting',
  };
};

const decideSnooze = (finding: KeptFinding, until: Instant, { now }: Known): Decided => {
  if (!isHeld(finding)) return refused({ code: 'row_not_held' });
  if (until <= now) return unfit('`until` must lie ahead');
  if (millisOf(until) - millisOf(now) > snoozeDaysMax * dayMillis) return unfit(`at most ${snoozeDaysMax} days ahead`);
  const effects = [settled(finding, heldAlert), settled(finding, countAlert)];
  return planned({ effects, leaves: 'snoozed', snoozedUntil: until });
};
