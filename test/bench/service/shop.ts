import type { Asker, Ledger } from '#apps/ledger';

/** What the requests of the HTTP benches speak of. */
export const place = { connection: 'operator', location: 'wh1', channel: 'web', hotSku: 'hot' } as const;

const asker: Asker = { connection: place.connection, actor: 'bench', correlationId: 'bench' };

/** One location, one channel that sells from it, and a SKU with stock for everybody. */
export const openShop = async (ledger: Ledger): Promise<void> => {
  const { connection, location, channel, hotSku } = place;
  await ledger.setLocation(asker, { kind: 'define_location', location, author: connection, authors: {} });
  await ledger.setChannel(asker, {
    ...{ kind: 'define_channel', channel, connection, locations: [location] },
    ...{ reservationTtlMillis: 900_000, splitCarts: false },
  });
  await report(ledger, hotSku, 1_000_000_000);
};

/** A receipt under a key of its own; throws when it was not accepted. */
export const report = async (ledger: Ledger, sku: string, quantity: number) => {
  const { connection, location } = place;
  const fact = { connection, location, sourceKey: keyOf((receipts += 1)), sourceVersion: 1, quantity };
  const occurredAt = ledger.clock.now();
  const outcome = await ledger.report(
    asker,
    sku,
    { ...fact, kind: 'receipt', bucket: 'sellable', occurredAt },
    { momentGiven: true },
  );
  if (outcome.kind !== 'accepted') throw new Error(`${sku}: ${JSON.stringify(outcome)}`);
  return outcome;
};

/** Several processes may open one shop. */
const keyOf = (receipt: number): string => `opening-${process.pid}-${receipt}`;

let receipts = 0;
