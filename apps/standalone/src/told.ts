import { startToldCheck, type ToldCheck } from '#apps/availability';
import type { Config, Logger } from '#platform';
import type { Base } from './base.js';
import { openTopicReader } from './messaging.js';
import { troubleWith } from './trouble.js';

/** A start does not wait longer for brokers that are away: what is announced meanwhile is relayed only after the look. */
const lookMillisMax = 10_000;

/** Begins to look whether the world was told more than this ledger knows, and waits for it before anything is announced. */
export const checkTold = async (base: Base, config: Config, logger: Logger): Promise<ToldCheck | undefined> => {
  const reader = openTopicReader(config, logger);
  if (reader === undefined) return undefined;
  const { pool, store, clock } = base;
  const check = startToldCheck({
    ...{ pool, store, clock, reader },
    onHeld: ({ sequence }) =>
      logger.error('The world was told more than this ledger knows: nothing is announced until a person says so', {
        sequence,
        help: 'npm run recover -- --list, then --announce',
      }),
    onTrouble: troubleWith(logger, 'what the world was told'),
  });
  const waited = new AbortController();
  await Promise.race([check.done, clock.sleep(lookMillisMax, waited.signal)]);
  waited.abort();
  return check;
};
