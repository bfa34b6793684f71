import assert from 'node:assert/strict';
import { createLedgerSide, followingOutbox, followingTopic, type OrderMessage } from '#apps/channels';
import { postgresCheckpoint, postgresParkedOrders } from '#apps/ledger';
import { openDatabase, startSides } from '#apps/standalone';
import { readConfig, silentLogger } from '#platform';
import { createDatabase } from '#testing/postgres';
import { startMessages, type Messages } from '../../apps/standalone/src/messages.js';
import { openMessaging } from '../../apps/standalone/src/messaging.js';
import { bothOf } from '../../apps/standalone/src/services.js';

export const shop = 'shop';
const operator = { connection: 'operator', actor: 'test', correlationId: 'test' };
const asShop = { ...operator, connection: shop };

/**
 * The services of a ledger on a database of their own, its intake and relays started and stopped by hand, and the ledger as
 * the workers of a channel `web` see it. With brokers in `env` messages go over Kafka.
 */
export const startSideWorld = async (env: Readonly<Record<string, string>> = {}) => {
  const database = await createDatabase();
  const config = readConfig({ DATABASE_URL: database.url, ...env });
  const { serviceUrl, stop } = await openDatabase(config, silentLogger);
  const sides = await startSides(serviceUrl, config, silentLogger);
  const services = bothOf(sides);
  const { ledger, availability, pool, store, clock } = services;
  const messaging = openMessaging(sides, config, silentLogger);
  const trouble: unknown[] = [];
  const onTrouble = (error: unknown): void => void trouble.push(error);
  const follow = () =>
    messaging.isShared
      ? followingTopic({ ...messaging, onTrouble })
      : followingOutbox({
          ...{ queries: availability.queries, pool, url: serviceUrl, clock, random: Math.random, onTrouble },
        });
  let messages: Messages | undefined;
  const stopMessages = async (): Promise<void> => {
    await messages?.stop();
    messages = undefined;
  };
  await ledger.setLocation(operator, { kind: 'define_location', location: 'wh1', author: 'operator', authors: {} });
  await ledger.setChannel(operator, {
    ...{ kind: 'define_channel', channel: 'web', connection: shop, locations: ['wh1'] },
    ...{ reservationTtlMillis: 900_000, splitCarts: false },
  });
  return {
    ...{ ledger, pool, trouble },
    side: createLedgerSide({
      ...{ pool, store, queries: availability.queries, sender: messaging.sender, follow: follow() },
      ...{ parked: postgresParkedOrders(pool), delivered: postgresCheckpoint(pool, 'order-backstop').load },
    }),
    /** As another process would: it shares nothing but the database. */
    otherFollow: follow(),
    startMessages: async (): Promise<void> => {
      messages = await startMessages(sides, config, silentLogger);
      // The service's own workers would hear in our place.
      await messages.channels?.channels.stop();
    },
    stopMessages,
    receive: async (sku: string, quantity: number, sourceKey = sku): Promise<void> => {
      const receipt = {
        kind: 'receipt',
        connection: 'operator',
        sourceKey,
        sourceVersion: 1,
        occurredAt: clock.now(),
        location: 'wh1',
        quantity,
        bucket: 'sellable',
      } as const;
      assert.equal((await ledger.report(operator, sku, receipt, { momentGiven: true })).kind, 'accepted');
    },
    list: (product: string, sku: string, unitsPerSale = 1) =>
      ledger.mapListing(operator, { kind: 'map_listing', channel: 'web', ids: { product }, sku, unitsPerSale }),
    hold: (cart: string, ...lines: readonly { sku: string; quantity: number; listing?: string }[]) =>
      ledger.carts.set(asShop, { channel: 'web', cart, lines }),
    stop: async (): Promise<void> => {
      await stopMessages();
      await messaging.close();
      await services.stop();
      await stop();
      await database.drop();
    },
  };
};

export type SideWorld = Awaited<ReturnType<typeof startSideWorld>>;

type Line = { readonly product: string; readonly ordered: number; readonly cancelled?: number };

/** An order of the shop as its worker tells it. */
export const orderOf = (
  orderKey: string,
  version: number,
  lines: readonly Line[],
  { connection = shop, cart }: { readonly connection?: string; readonly cart?: string } = {},
): OrderMessage => ({
  ...{ channel: 'web', connection, orderKey, version },
  snapshot: {
    ...{ placedAt: '2026-03-01T09:00:00Z', payment: 'paid', ...(cart !== undefined && { cart }) },
    lines: lines.map(({ product, ...line }, index) => ({ line: `${index}`, ids: { product }, ...line })),
  },
});
