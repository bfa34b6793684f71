import { createLedgerService, type LedgerService } from './service/ledger-service.js';
import { becomesTrue } from './service/becomes-true.js';
import { openBooks, type Books, type Fact } from './clients/books.js';
import { openTally, runClient, type Served, type Tally } from './clients/client.js';
import type { Shop } from './clients/errands.js';
import { rollsOf, type Rolls } from './clients/rolls.js';
import { settle } from './service/settle.js';

/** What is killed: the service, the database (immediate stop or kill -9), or the one right after the other. */
export type Kill = 'service' | 'postgres immediate' | 'postgres killed' | 'both';
export type Kills = Readonly<Record<Kill, number>>;
export const kills: Kills = { service: 8, 'postgres immediate': 5, 'postgres killed': 5, both: 4 };

const clientsCount = 8;
/** Few, so that all clients meet on each of them. */
const skus = ['A', 'B', 'C', 'D', 'E', 'F'];
export const shop: Shop = { skus, locations: ['wh1', 'wh2'], channel: 'web', connection: 'operator' };
/** Between two kills so many requests are acknowledged: at 0 the next one comes in the middle of the recovery. */
const acknowledgedMax = 120;
/** Waiting, never asserted. */
const progressMillisMax = 90_000;

export type CrashRun = {
  readonly service: LedgerService;
  readonly tally: Tally;
  readonly books: readonly Books[];
  readonly killed: Kills;
};

/**
 * Clients at work without a pause while the service and its database are killed again and again. Ends when every request
 * is answered and the ledger has come to rest.
 */
export const runCrashes = async (seed: number): Promise<CrashRun> => {
  const service = await createLedgerService({ SWEEP_EVERY_MILLIS: '100', RATE_LIMIT_PER_SECOND: '1000000' });
  try {
    return await runOn(service, seed);
  } catch (error) {
    await service.dispose();
    throw error;
  }
};

const runOn = async (service: LedgerService, seed: number): Promise<CrashRun> => {
  await service.start();
  const tally = openTally();
  const opening = await setUp(service, tally, seed);
  const books = Array.from({ length: clientsCount }, (_, index) => openBooks(`k${index}`));
  let goesOn = true;
  const clients = books.map((own, index) =>
    runClient({ service, shop, tally, books: own, rolls: rollsOf(seed + index) }, () => goesOn),
  );
  const working = Promise.all(clients);
  try {
    await Promise.race([killAll(service, tally, rollsOf(seed - 1)), working]);
  } finally {
    goesOn = false;
  }
  await service.ready();
  await working;
  await settle(await service.ownerUrl());
  return { service, tally, books: [opening, ...books], killed: kills };
};

const killAll = async (service: LedgerService, tally: Tally, rolls: Rolls): Promise<void> => {
  const all = Object.entries(kills).flatMap(([kill, count]) => Array.from({ length: count }, () => kill as Kill));
  for (const kill of rolls.shuffled(all)) {
    const wanted = tally.acknowledged + (rolls.chance(0.2) ? 0 : rolls.integer(1, acknowledgedMax));
    const progressed = await becomesTrue(() => tally.acknowledged >= wanted, progressMillisMax);
    if (!progressed) throw new Error(`Nothing is acknowledged any more:\n${service.output().slice(-20_000)}`);
    await execute(service, kill);
  }
};

const execute = async (service: LedgerService, kill: Kill): Promise<void> => {
  switch (kill) {
    case 'service':
      await service.kill();
      return service.start();
    case 'postgres immediate':
      return service.endPostgres('SIGQUIT');
    case 'postgres killed':
      return service.endPostgres('SIGKILL');
    case 'both':
      await service.endPostgres('SIGKILL');
      await service.kill();
      return service.start();
    default:
      return kill satisfies never;
  }
};

/** Two locations, a channel that sells from both, and some units of every SKU. */
export const setUp = async (service: Served, tally: Tally, seed: number): Promise<Books> => {
  for (const location of shop.locations) await post(service, '/v1/locations', { location, author: shop.connection });
  const { channel, connection, locations } = shop;
  await post(service, '/v1/channels', { channel, connection, locations });
  const books = openBooks('opening');
  const rolls = rollsOf(seed);
  for (const sku of skus) {
    const fact: Fact = {
      kind: 'receipt',
      sku,
      sourceKey: `opening-${sku}`,
      version: 1,
      quantity: rolls.integer(10, 30),
    };
    const { kind, quantity, sourceKey } = fact;
    const body = { kind, sku, quantity, sourceKey, location: 'wh1' };
    await post(service, '/v1/movements', body);
    books.facts.set(sourceKey, fact);
    const request = { id: sourceKey, method: 'POST', path: '/v1/movements', body, guardedById: false } as const;
    books.acknowledged.push({ request, proof: { kind: 'fact', sku, sourceKey, version: 1 } });
    tally.acknowledged += 1;
  }
  return books;
};

const post = async (service: Served, path: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${service.url()}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.key()}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
};
