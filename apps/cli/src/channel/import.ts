import { LedgerError } from '../policy/client.js';
import type { Json, Terms } from '../policy/terms.js';
import { connectorPath, listAt, numberAt, piecesOf, termsAt, textAt } from './api.js';
import { auditShop, tellAudit, waitsOf } from './catalogue.js';
import { connectionOf } from './change.js';
import { done, wishOf, type Context, type Result } from './context.js';
import { textIn } from './files.js';
import { countsIn } from './jobs.js';
import { takeOpenOrders } from './open-orders.js';
import { countOf, openingIn } from './opening.js';
import { looksMax, lookMillis, patiently } from './patiently.js';
import { report } from './report.js';

const movementsPerRequest = 500;

type Step = {
  readonly name: string;
  /** What it came to, in words; `waits` where a person has to do something before the next rung. */
  readonly run: (context: Context) => Promise<{ readonly says: string; readonly waits?: boolean }>;
};

/**
 * A selling shop is taken in, a step after the other, each safe to repeat: what stands already is left as it is. It ends in
 * shadow at the most: nothing is written into the shop.
 * @throws LedgerError at the step that fails; what was done before it stands
 */
export const importShop = async (context: Context): Promise<Result> => {
  const { print, options } = context;
  const told: Json[] = [];
  let waits = false;
  for (const [at, { name, run }] of steps.entries()) {
    const { says, waits: itWaits = false } = await run(context);
    print(`${at + 1}/${steps.length} ${name}: ${says}`);
    told.push({ step: name, says });
    waits ||= itWaits;
  }
  if (!options.yes) print(`import ${options.channel}: a dry run; say --yes --reason TEXT`);
  const { json } = options.yes ? await report(context) : done({});
  return done({ channel: options.channel, dryRun: !options.yes, steps: told, report: json }, waits);
};

/** Up to a rung, and never down: a channel that is further on stays there. */
const climbTo = async (context: Context, rung: 'observe' | 'shadow', from: string): Promise<{ says: string }> => {
  const { ask, options } = context;
  const standing = await connectionOf(context);
  if (standing === undefined)
    throw new LedgerError(`${options.channel} has no shop: channel add ${options.channel} first`, 'unknown_connection');
  const stands = textAt(termsAt(standing, 'ladder'), 'rung');
  if (stands !== from) return { says: options.yes || stands !== 'off' ? `is on ${stands}` : `would go to ${rung}` };
  const revision = numberAt(standing, 'revision');
  await ask('PUT', `${connectorPath(options.channel)}/ladder`, { rung, revision, ...wishOf(options) });
  return { says: options.yes ? `on ${rung}` : `would go to ${rung}` };
};

const audit: Step['run'] = async (context) => {
  const found = await auditShop(context);
  tellAudit(context.print, found);
  const waits = waitsOf(found) || found.proposals.length > 0;
  return { says: waits ? 'something waits for a person: channel map, or the shop' : 'nothing to do', waits };
};

/** The worker takes the shop's orders from its first reading on. */
const cursors: Step['run'] = async ({ ask, options, sleep }) => {
  if (!options.yes) return { says: 'would be taken by the first reading' };
  for (let look = 0; look < looksMax; look++) {
    const worker = termsAt(await ask('GET', connectorPath(options.channel)), 'worker');
    if (worker['feedFreshAt'] !== undefined) return { says: 'orders are read' };
    await sleep(lookMillis);
  }
  throw new LedgerError('The orders of the shop are not read: see channel show', 'feed_stale');
};

const opening: Step['run'] = async ({ ask, options, progress }) => {
  const { files, asOf, yes } = options;
  if (files.opening === undefined || asOf === undefined) return { says: 'no file, left as they are' };
  const figures = openingIn(await textIn(files.opening));
  if (!yes) return { says: `${figures.length} figures as of ${asOf} would be counted` };
  let changed = 0;
  progress.begin('opening', figures.length);
  for (const piece of piecesOf(figures, movementsPerRequest)) {
    const items = piece.map((figure) => countOf(figure, asOf));
    const answer = await ask('POST', '/v1/movements/batch', { items });
    demandAll(answer);
    changed += numberAt(answer, 'succeeded');
    progress.reached(changed);
  }
  progress.end();
  return { says: `${changed} figures as of ${asOf} stand` };
};

/** One figure that does not stand is a hole in what follows. */
const demandAll = (answer: Terms): void => {
  const failed = listAt(answer, 'outcomes').find(
    (outcome) => Number(termsAt({ outcome }, 'outcome')['status']) !== 200,
  );
  if (failed === undefined) return;
  const problem = termsAt(failed as Terms, 'problem');
  throw new LedgerError(
    `${textAt(problem, 'code')}: ${textAt(problem, 'detail') || textAt(problem, 'title')}`,
    textAt(problem, 'code'),
  );
};

/** Every row of the shop beside what the ledger says: in shadow nothing is written. */
const compare: Step['run'] = async (context) => {
  if (!context.options.yes) return { says: 'would read every listing and compare' };
  return { says: countsIn(termsAt(await patiently(context, 'reconcile', {}), 'counts')) };
};

const steps: readonly Step[] = [
  { name: 'connect, read only', run: (context) => climbTo(context, 'observe', 'off') },
  { name: 'audit', run: audit },
  { name: 'cursors of orders', run: cursors },
  { name: 'opening figures', run: opening },
  { name: 'open orders', run: takeOpenOrders },
  { name: 'compute', run: (context) => climbTo(context, 'shadow', 'observe') },
  { name: 'compare', run: compare },
];
