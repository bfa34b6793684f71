import { createHttpApp, createRateLimit, type Logger } from '#platform';
import { type CartAnswer, type Intake, type Ledger, LedgerModule } from '#apps/ledger';
import type { Services } from '#apps/standalone';
import { place, report } from './shop.js';

export type Twin = { readonly url: string; readonly close: () => Promise<void> };

/** Requests a second of one key: never reached. */
const perSecond = 1_000_000;

/**
 * The same routes once more, with the same key check, validation, command bus and serialisation, whose handlers answer a
 * constant: what HTTP costs, without the ledger behind it.
 */
export const startTwin = async ({ ledger, keyRing, deadLetters }: Services, logger: Logger): Promise<Twin> => {
  const gate = {
    ring: keyRing,
    rateLimit: createRateLimit(perSecond),
    now: ledger.clock.now,
    elapsedMillis: () => performance.now(),
  };
  const root = LedgerModule.with({
    ledger: await answeringConstants(ledger),
    keyRing,
    deadLetters,
    intake: nothingComesIn,
  });
  const app = await createHttpApp(root, { gate, logger, translate: () => undefined });
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
};

/** Constants that the ledger itself has given, so that they serialise to what its answers do. */
const answeringConstants = async (ledger: Ledger): Promise<Ledger> => {
  const reported = await report(ledger, place.hotSku, 1);
  const line = { sku: place.hotSku, held: 1, requested: 1, expiresAt: ledger.clock.now() };
  const held: CartAnswer = {
    kind: 'held',
    lines: [line],
    ...(reported.position !== undefined && { position: reported.position }),
  };
  return {
    ...ledger,
    report: () => Promise.resolve(reported),
    carts: { ...ledger.carts, set: () => Promise.resolve(held) },
  };
};

const nothingComesIn: Intake = {
  status: () => [],
  goOn: () => Promise.resolve('unknown_partition'),
  stop: () => Promise.resolve(),
};
