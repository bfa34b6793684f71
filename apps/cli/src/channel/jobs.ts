import { LedgerError } from '../policy/client.js';
import type { Terms } from '../policy/terms.js';
import { connectorPath, numberAt, termsAt, textAt, wordOf } from './api.js';
import { done, wishOf, type Context, type Result } from './context.js';

/** Between two looks at a job. */
const lookMillis = 500;

/** A job begun and waited for; of a dry run, what it would take up. @throws LedgerError */
export const runJob = async (context: Context, verb: string, scope: Terms): Promise<Terms> => {
  const { ask, options } = context;
  const path = connectorPath(options.channel);
  const answer = await ask('POST', `${path}/${verb}`, { ...scope, ...wishOf(options) });
  return answer['kind'] === 'started' ? follow(context, verb, `${path}/jobs/${textAt(answer, 'job')}`) : answer;
};

const follow = async ({ ask, progress, sleep }: Context, verb: string, path: string): Promise<Terms> => {
  let isShown = false;
  try {
    for (;;) {
      const job = await ask('GET', path);
      const { total } = job;
      if (!isShown) progress.begin(verb, typeof total === 'number' ? total : undefined);
      isShown = true;
      progress.reached(numberAt(job, 'done'));
      if (job['state'] === 'failed') throw new LedgerError(`${verb} failed: ${textAt(job, 'detail')}`, 'job_failed');
      if (job['state'] === 'done') return job;
      await sleep(lookMillis);
    }
  } finally {
    if (isShown) progress.end();
  }
};

/** `rows 12, orders 3`; nothing: 'nothing'. */
export const countsIn = (counts: Terms): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${wordOf(count)}`)
    .join(', ') || 'nothing';

const toldJob = (context: Context, answer: Terms): Result => {
  const { print, options } = context;
  const counts = countsIn(termsAt(answer, 'counts'));
  const isDry = answer['kind'] === 'preview';
  print(
    isDry
      ? `${options.verb} ${options.channel}: a dry run over ${counts}; say --yes --reason TEXT`
      : `${options.verb} ${options.channel}: done with ${numberAt(answer, 'done')}: ${counts}`,
  );
  return done({ channel: options.channel, dryRun: isDry, ...answer });
};

/** `resync`, `reconcile`, `rerun`. @throws LedgerError */
export const work = async (context: Context): Promise<Result> => {
  const { verb, skus, orders, since } = context.options;
  if (verb === 'resync') return toldJob(context, await runJob(context, verb, skus.length > 0 ? { skus } : {}));
  if (verb === 'reconcile') return toldJob(context, await runJob(context, verb, {}));
  return toldJob(context, await runJob(context, 'reread', since === undefined ? { orders } : { since }));
};
