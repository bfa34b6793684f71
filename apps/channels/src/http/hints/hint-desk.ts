import { createHash } from 'node:crypto';
import type { Hint } from '#channel-kit';
import type { RateLimit } from '#platform';
import { prepared, type Pool } from '#postgres';
import { sql } from '../../connections/statements.js';
import type { Connections } from '../../connections/index.js';
import type { Workers } from '../../contracts/index.js';
import type { Shops } from '../../shops/shops.js';

export type Message = {
  readonly channel: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
};

export type Heard =
  /** Believed, now or before. */
  | { readonly kind: 'heard' }
  /** Answered alike whatever the channel is, and whether there is one. */
  | { readonly kind: 'greeted' }
  | { readonly kind: 'unproven' }
  | { readonly kind: 'too_many'; readonly retryAfterSeconds: number };

/** Takes messages of shops: hints that cause a read, whose loss the feed makes good. */
export type HintDesk = { readonly take: (message: Message) => Promise<Heard> };

/** Messages a second of one channel, with bursts of twice as many: an outbox sends one after the other. */
export const hintsPerSecondMax = 50;

/** Longer than the window in which any connector believes a message, on either side of now. */
const rememberedMillis = 900_000;
const trimmedRowsMax = 200;

type Parts = {
  readonly pool: Pool;
  readonly connections: Connections;
  readonly shops: Shops;
  readonly workers: Workers;
  readonly rateLimit: RateLimit;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Monotonic, for the rate. */
  readonly elapsedMillis: () => number;
};

/** Whether there is such a channel is told to nobody who does not know its secret. */
export const createHintDesk = (parts: Parts): HintDesk => ({
  take: async (message) => {
    const { connections, shops, rateLimit, elapsedMillis, now } = parts;
    const retryAfterSeconds = rateLimit.take(message.channel, elapsedMillis());
    if (retryAfterSeconds > 0) return { kind: 'too_many', retryAfterSeconds };
    if ([...connections.kinds.values()].some(({ isGreeting }) => isGreeting?.(message.body)))
      return { kind: 'greeted' };
    const connection = await connections.find(message.channel);
    if (connection === undefined) return { kind: 'unproven' };
    const { port } = await shops.open(connection);
    const hints = port.verifyWebhook(message.body, message.headers, now());
    if (hints === undefined) return { kind: 'unproven' };
    if (connection.ladder.rung !== 'off' && (await isNew(parts, message)))
      passOn(parts.workers, message.channel, hints);
    return { kind: 'heard' };
  },
});

const passOn = (workers: Workers, channel: string, hints: readonly Hint[]): void => {
  workers.hint(
    channel,
    hints.flatMap((hint) => ('order' in hint ? [hint.order] : [])),
  );
  const rows = hints.flatMap((hint) => ('row' in hint ? [hint] : []));
  if (rows.length > 0) workers.hintRows(channel, rows);
};

/** The bytes themselves name a message: whatever names it in its headers is not signed. */
const isNew = async ({ pool, now }: Parts, { channel, body }: Message): Promise<boolean> => {
  const digest = createHash('sha256').update(body).digest();
  const at = new Date(now()).toISOString();
  const { rowCount } = await pool.query(prepared(sql['remember-message'], [channel, digest, at]));
  if (rowCount !== 1) return false;
  const before = new Date(now() - rememberedMillis).toISOString();
  await pool.query(prepared(sql['trim-messages'], [before, trimmedRowsMax]));
  return true;
};
