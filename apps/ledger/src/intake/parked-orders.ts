import { byteaArray, prepared, type Pool } from '#postgres';
import type { OrderPlace } from '../composition/orders.js';
import { sql } from './statements.js';
import { intakeTopics } from './topics.js';

/** A version of an order that came as a message, could not be taken in, and was not replayed since. */
export type ParkedOrder = OrderPlace & {
  readonly version: number;
  /** Of its dead letter. */
  readonly code: string;
  readonly detail: string;
};

/** Letters of one question: a message that comes again and again has one each time. */
const lettersMax = 5_000;

type Row = {
  readonly key: Buffer;
  readonly value: Buffer | null;
  readonly code: string;
  readonly detail: string;
};

/** Of some orders the versions that are dead letters, or that a person has discarded; the newest letter comes last. */
export const postgresParkedOrders =
  (pool: Pool) =>
  async (orders: readonly OrderPlace[]): Promise<readonly ParkedOrder[]> => {
    const places = new Map(orders.map(({ channel, orderKey }) => [`${channel}:${orderKey}`, { channel, orderKey }]));
    const keys = byteaArray([...places.keys()].map((key) => Buffer.from(key)));
    const { rows } = await pool.query<Row>(
      prepared(sql['list-letters-of-keys'], [intakeTopics.orders, keys, lettersMax]),
    );
    return rows.toReversed().flatMap(({ key, value, code, detail }) => {
      const [place, version] = [places.get(key.toString()), versionIn(value)];
      return place === undefined || version === undefined ? [] : [{ ...place, version, code, detail }];
    });
  };

/** What is no order has no version: nobody waits for it. */
const versionIn = (value: Buffer | null): number | undefined => {
  try {
    const { version } = JSON.parse(value?.toString() ?? '{}') as { readonly version?: unknown };
    return typeof version === 'number' ? version : undefined;
  } catch {
    return undefined;
  }
};
