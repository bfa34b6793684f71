import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone, type Standalone } from '#apps/standalone';
import { readConfig, type Logger } from '#platform';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import type { Closing } from './closing.js';
import type { Service } from './http.js';
import { demoKinds } from './kinds.js';

export type DemoLedger = Service & { readonly services: Standalone['services'] };

/** A ledger as `npm start` runs it, with a database of its own that is gone afterwards. */
export const startLedger = async (logger: Logger, closing: Closing): Promise<DemoLedger> => {
  const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-demo-'));
  closing.add(() => rm(folder, { recursive: true, force: true }));
  // Started by root, the database runs as a user of its own, who has to reach it.
  await chmod(folder, 0o755);
  const { ownerUrl, stop } = await startEmbeddedPostgres({ dataDir: folder });
  closing.add(stop);
  const config = readConfig({
    ...{ DATABASE_URL: ownerUrl, PORT: '0', RATE_LIMIT_PER_SECOND: '1000000', LOG_LEVEL: 'warn' },
    CHANNEL_SECRETS_KEY: randomBytes(32).toString('base64'),
  });
  const standalone = await startStandalone(config, logger, { kinds: demoKinds });
  closing.add(standalone.stop);
  const { url, services, firstKey = '' } = standalone;
  return { url, services, key: firstKey };
};
