import type { Queryable } from '#postgres';
import { run } from '../sql.js';
import { arraysOf, writeRows } from '../projection/columns.js';
import { RevisionGapError } from '../events/revision-gap.js';
import type { BalanceChange, FoldChanges, HoldChange } from './changes.js';
import {
  balanceColumns,
  bundleColumns,
  bundleKeyColumns,
  channelColumns,
  componentColumns,
  fenceColumns,
  headColumns,
  heldColumns,
  holdColumns,
  holdKeyColumns,
  holdListingColumns,
  holdSkuColumns,
  incomingKeyColumns,
  listingColumns,
  locationColumns,
  owedColumns,
  owedKeyColumns,
  pledgeColumns,
  promiseColumns,
  promiseKeyColumns,
  quotaColumns,
  receivedColumns,
  toldColumns,
  skuPolicyColumns,
  runColumns,
  runStandingsColumns,
  transitColumns,
  transitKeyColumns,
} from './columns.js';
import type { Fence, OpenHold } from './columns.js';
import type { FoldStatements } from './statements.js';

/**
 * Writes a batch's changes, all sent at once; answers the SKUs that channels listed until now under ids that mean another
 * one since.
 */
export const writeChanges = async (
  session: Queryable,
  sql: FoldStatements,
  changes: FoldChanges,
): Promise<readonly string[]> => {
  const [former] = await Promise.all([
    writeListings(session, sql, changes),
    writeHeads(session, sql, changes),
    writeBalances(session, sql, changes),
    writeHolds(session, sql, changes),
    writeOwed(session, sql, changes),
    writeTransit(session, sql, changes),
    writeIncoming(session, sql, changes),
    writePromises(session, sql, changes),
    writeRows(session, sql['set-quotas'], [...changes.quotas.values()], quotaColumns),
    writeRuns(session, sql, changes),
    writeBundles(session, sql, changes),
    writeRows(session, sql['set-channels'], [...changes.channels.values()], channelColumns),
    writeRows(session, sql['set-locations'], [...changes.locations.values()], locationColumns),
    writeRows(session, sql['set-sku-policies'], [...changes.skuPolicies.values()], skuPolicyColumns),
  ]);
  return former;
};

const writeHeads = async (session: Queryable, sql: FoldStatements, { heads }: FoldChanges): Promise<void> => {
  if (heads.size === 0) return;
  const arrays = arraysOf([...heads.values()], headColumns);
  const [answer] = await run<{ written: number }>(session, sql['write-heads'], arrays);
  if (answer?.written !== heads.size)
    throw new RevisionGapError(`Of ${heads.size} SKUs only ${answer?.written} stood just before their next event`);
};

const writeBalances = async (session: Queryable, sql: FoldStatements, changes: FoldChanges): Promise<void> => {
  const balances = [...changes.balances.values()];
  await Promise.all([
    writeRows(session, sql['add-balances'], balances, balanceColumns),
    writeRows(session, sql['add-fences'], fencesOf(balances), fenceColumns),
  ]);
};

/** Few places have any. */
const fencesOf = (balances: readonly BalanceChange[]): readonly Fence[] => {
  const fences: Fence[] = [];
  for (const { sku, location, delta } of balances)
    for (const channel in delta.fenced) fences.push({ sku, location, channel, quantity: delta.fenced[channel] ?? 0 });
  return fences;
};

const isOpen = (hold: HoldChange): hold is OpenHold => hold.held !== undefined;

const writeHolds = async (session: Queryable, sql: FoldStatements, changes: FoldChanges): Promise<void> => {
  const all = [...changes.holds.values()];
  const open = all.filter(isOpen);
  const gone = all.filter(({ held }) => held === undefined);
  await Promise.all([
    writeRows(session, sql['add-held'], [...changes.held.values()], heldColumns),
    writeRows(session, sql['add-held-by-listing'], all, holdListingColumns),
    writeRows(session, sql['delete-held-by-listing'], all, holdSkuColumns),
    writeRows(session, sql['delete-holds'], gone, holdKeyColumns),
    writeRows(session, sql['set-holds'], open, holdColumns),
  ]);
};

const writeOwed = async (session: Queryable, sql: FoldStatements, changes: FoldChanges): Promise<void> => {
  const owed = [...changes.owed.values()];
  const settled = owed.filter(({ quantity }) => quantity === 0);
  const open = owed.filter(({ quantity }) => quantity !== 0);
  await Promise.all([
    writeRows(session, sql['delete-owed'], settled, owedKeyColumns),
    writeRows(session, sql['set-owed'], open, owedColumns),
  ]);
};

const writeTransit = async (session: Queryable, sql: FoldStatements, changes: FoldChanges): Promise<void> => {
  const transit = [...changes.transit.values()];
  await Promise.all([
    writeRows(session, sql['add-transit'], transit, transitColumns),
    writeRows(session, sql['delete-arrived'], transit, transitKeyColumns),
  ]);
};

const writeIncoming = async (session: Queryable, sql: FoldStatements, changes: FoldChanges): Promise<void> => {
  const all = [...changes.incoming.values()];
  const told = all.flatMap(({ told: one, ...rest }) => (one ? [{ ...rest, told: one }] : []));
  await Promise.all([
    writeRows(session, sql['tell-incoming'], told, toldColumns),
    writeRows(
      session,
      sql['cancel-incoming'],
      all.filter((line) => line.told === null),
      incomingKeyColumns,
    ),
    writeRows(
      session,
      sql['add-received'],
      all.filter(({ received }) => received !== 0),
      receivedColumns,
    ),
    writeRows(session, sql['add-pledges'], [...changes.pledges.values()], pledgeColumns),
  ]);
};

const writePromises = async (session: Queryable, sql: FoldStatements, changes: FoldChanges): Promise<void> => {
  const lines = [...changes.promises.values()];
  const promises = lines.flatMap(({ promises: some, ...line }) => some.map((promise) => ({ ...line, ...promise })));
  await writeRows(session, sql['delete-promises'], lines, promiseKeyColumns);
  await writeRows(session, sql['set-promises'], promises, promiseColumns);
};

const writeRuns = async (session: Queryable, sql: FoldStatements, { runs }: FoldChanges): Promise<void> => {
  const judged = [];
  const known = [];
  for (const run of runs.values()) {
    if (run.judged === undefined) known.push(run);
    else judged.push({ ...run, judged: run.judged });
  }
  await Promise.all([
    writeRows(session, sql['set-runs'], judged, runColumns),
    writeRows(session, sql['set-run-standings'], known, runStandingsColumns),
  ]);
};

/** A recipe is whole: its components are written anew. */
const writeBundles = async (session: Queryable, sql: FoldStatements, changes: FoldChanges): Promise<void> => {
  const bundles = [...changes.bundles.values()];
  const components = bundles.flatMap(({ sku, components: of }) =>
    of.map((component) => ({ sku, component: component.sku })),
  );
  await Promise.all([
    writeRows(session, sql['set-bundles'], bundles, bundleColumns),
    writeRows(session, sql['delete-components'], bundles, bundleKeyColumns),
    writeRows(session, sql['set-components'], components, componentColumns),
  ]);
};

const writeListings = async (
  session: Queryable,
  sql: FoldStatements,
  { listings }: FoldChanges,
): Promise<readonly string[]> => {
  if (listings.size === 0) return [];
  const arrays = arraysOf([...listings.values()], listingColumns);
  return (await run<{ sku: string }>(session, sql['set-listings'], arrays)).map(({ sku }) => sku);
};
