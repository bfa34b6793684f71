import type { EventStore, Instant } from '#event-sourcing';
import {
  createClock,
  createKeyRing,
  postgresKeyStore,
  type CalibratedClock,
  type Config,
  type KeyRing,
  type Logger,
} from '#platform';
import { createPool, plansByIndex, type Pool } from '#postgres';
import { openEngine } from './engine.js';
import { watchLogDamage, type LogDamage } from './log-damage.js';

/** Connections for queries, projections, keys and the index of commands; appends have their own. */
const poolConnectionsMax = 12;

/** What either side stands on. */
export type Base = {
  readonly store: EventStore;
  /** The database's time, once what keeps the events has answered too. @throws when one of them is away */
  readonly askStore: () => Promise<Instant>;
  /** Where the engine lets people delete what stands in the log. */
  readonly damage: LogDamage | undefined;
  /** The database's time, carried on. */
  readonly clock: CalibratedClock;
  readonly keyRing: KeyRing;
  readonly pool: Pool;
  readonly serviceUrl: string;
  /** Ends every connection: what uses them is ended before. */
  readonly close: () => Promise<void>;
};

/** Connects to the stores, and knows the time and the keys. */
export const openBase = async (serviceUrl: string, config: Config, logger: Logger): Promise<Base> => {
  const clock = createClock();
  const pool = createPool({
    ...{ url: serviceUrl, applicationName: 'ledger', max: poolConnectionsMax },
    settings: plansByIndex,
  });
  const engine = openEngine({ config, serviceUrl, pool, clock });
  const keyRing = createKeyRing(postgresKeyStore(pool));
  clock.calibrate(await engine.databaseTime());
  await keyRing.reload();
  const damage = engine.watchDamage && watchLogDamage({ watch: engine.watchDamage, clock, logger });
  return {
    ...{ store: engine.store, askStore: engine.ask, damage, clock, keyRing, pool, serviceUrl },
    close: async () => {
      await damage?.stop();
      await engine.close();
      await pool.end();
    },
  };
};
