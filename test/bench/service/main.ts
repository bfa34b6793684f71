import 'reflect-metadata';
import { createLogger, readConfig } from '#platform';
import { startStandalone } from '#apps/standalone';
import { openShop } from './shop.js';
import { startTwin } from './twin.js';

/**
 * The process under load of the HTTP benches: the service as `npm start` runs it, and its twin on a second port. Talks to
 * the bench over IPC, and ends with it.
 */
const logger = createLogger(
  'warn',
  (line) => process.stderr.write(line),
  () => new Date().toISOString(),
);
const standalone = await startStandalone(readConfig(process.env), logger);
const { services, url, firstKey: token = '' } = standalone;
await openShop(services.ledger);
const twin = await startTwin(services, logger);

/** The most memory that the process has had, in MiB. */
const peak = (): void => {
  process.send?.({ kind: 'peak', megabytes: process.resourceUsage().maxRSS / 1_024 });
};

const settle = async (): Promise<void> => {
  const head = await services.store.head();
  if (head !== undefined) await services.availability.caughtUpTo(head);
  process.send?.({ kind: 'settled' });
};

const stop = async (): Promise<void> => {
  await twin.close();
  await standalone.stop();
  process.exit(0);
};

process.on('message', ({ kind }: { readonly kind: 'settle' | 'peak' }) => (kind === 'peak' ? peak() : void settle()));
process.once('disconnect', () => void stop());
process.send?.({ kind: 'ready', url, twinUrl: twin.url, token });
