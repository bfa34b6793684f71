import type { Clock } from '#event-sourcing';
import { dedicatedConnection, prepared, textArray, type DedicatedConnection, type Pool } from '#postgres';
import type { CartAddition, CartIndex, ExplodedRequest, KnownCart } from './cart-index.js';
import { gathering } from './gathering.js';
import { sql } from './statements.js';

export type PostgresCartIndexOptions = {
  /** Of the service's role. */
  readonly url: string;
  readonly pool: Pool;
  readonly clock: Pick<Clock, 'sleep'>;
  /**
   * Does a row wait for the disk? It need not where the events go into the same database: what they wait for is written
   * after it, and is on disk no sooner.
   */
  readonly durable: boolean;
  /** Rows that have ended could not be deleted; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
};

export type PostgresCartIndex = CartIndex & { readonly close: () => Promise<void> };

/** Carts of one statement: about as many as come while the one before is under way. */
const additionsMax = 200;
/** As long as a command waits at most: a request that did not come this far is answered. */
const statementMsMax = 2_000;
const answerMsMax = 4_000;
/** Holds end by the time of decisions, which may come this much later than the row. */
const graceMillis = 60_000;
/** Deleted at a time: the statement stays short beside those of requests. */
const trimCartsMax = 5_000;
const trimEveryMillis = 10_000;

/** The index that all processes on a database share: one round trip a request, and one for all that come meanwhile. */
export const createPostgresCartIndex = (options: PostgresCartIndexOptions): PostgresCartIndex => {
  const { pool, clock, onTrouble } = options;
  const connection = connectionOf(options);
  const add = gathering({
    nameOf: ({ reservation }: Asked) => reservation,
    itemsMax: additionsMax,
    work: (asked) => addAll(connection, asked),
  });
  const closing = new AbortController();
  const trimming = keepTrimmed(pool, clock, onTrouble, closing.signal);
  const one = async (query: Promise<{ readonly rows: readonly CartRow[] }>): Promise<KnownCart | undefined> => {
    const [row] = (await query).rows;
    return row && cartOf(row);
  };
  return {
    find: (reservation) => one(pool.query<CartRow>(prepared(sql['find-cart'], [reservation]))),
    add: (reservation, addition) => add({ reservation, ...addition }),
    touch: (reservation, ttlMillis) =>
      one(connection.query<CartRow>(prepared(sql['touch-cart'], [reservation, ttlMillis + graceMillis]))),
    keep: async (reservation, skus, version) => {
      const statement =
        skus.length === 0
          ? prepared(sql['forget-cart'], [reservation, version])
          : prepared(sql['keep-cart'], [reservation, textArray(skus), version]);
      await connection.query(statement);
    },
    close: async () => {
      closing.abort();
      await trimming;
      await connection.close();
    },
  };
};

type Asked = CartAddition & { readonly reservation: string };
type CartRow = {
  readonly reservation: string;
  readonly skus: readonly string[];
  readonly exploded: ExplodedRequest | null;
  readonly version: number;
};

const connectionOf = ({ url, durable }: PostgresCartIndexOptions): DedicatedConnection =>
  dedicatedConnection({
    ...{
      url,
      applicationName: 'carts',
      statementTimeoutMs: statementMsMax,
      lockTimeoutMs: statementMsMax,
      answerMsMax,
    },
    settings: { synchronous_commit: durable ? 'on' : 'off' },
  });

const cartOf = ({ skus, exploded, version }: CartRow): KnownCart => ({
  ...{ skus, version },
  ...(exploded && { exploded }),
});

const addAll = async (connection: DedicatedConnection, asked: readonly Asked[]): Promise<readonly KnownCart[]> => {
  const values = [
    textArray(asked.map(({ reservation }) => reservation)),
    textArray(asked.map(({ skus }) => JSON.stringify(skus))),
    textArray(asked.map(({ exploded }) => (exploded === undefined ? '' : JSON.stringify(exploded)))),
    textArray(asked.map(({ ttlMillis }) => String(ttlMillis + graceMillis))),
  ];
  const { rows } = await connection.query<CartRow>(prepared(sql['add-carts'], values));
  const carts = new Map(rows.map((row) => [row.reservation, cartOf(row)]));
  return asked.map(({ reservation }) => carts.get(reservation) ?? missing(reservation));
};

const missing = (reservation: string): never => {
  throw new Error(`The cart ${reservation} was written and did not come back`);
};

const keepTrimmed = async (
  pool: Pool,
  clock: Pick<Clock, 'sleep'>,
  onTrouble: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    await clock.sleep(trimEveryMillis, signal);
    if (signal.aborted) return;
    await trim(pool).catch(onTrouble);
  }
};

const trim = async (pool: Pool): Promise<void> => {
  for (let deleted = trimCartsMax; deleted === trimCartsMax;)
    deleted = (await pool.query(prepared(sql['trim-carts'], [trimCartsMax]))).rowCount ?? 0;
};
