import { memoryCheckpoint, startLedger, type Ledger } from '#apps/ledger';
import { createMemoryKeyIndex, createMemorySnapshots, createMemoryStore } from '#event-store/memory';
import { machineClock, plainDigest, seededRandom } from '#testing';
import type { Seller } from '../company/places.js';
import type { Stage } from '../stage.js';

/** Where everything lies, and who says what happens there. */
export const warehouse = { location: 'wh1', connection: 'wms' } as const;
export const operator = { connection: 'operator', actor: 'week', correlationId: 'week' } as const;

/** A ledger on a store in memory, whose time is that of the stage. What it does in the background takes no time of it. */
export const openLedger = ({ clock }: Stage): Promise<Ledger> =>
  startLedger({
    clock: { now: clock.now, sleep: machineClock.sleep },
    ...{ store: createMemoryStore(), digest: plainDigest, random: seededRandom(1) },
    keyIndex: createMemoryKeyIndex({ undoneBy: () => undefined, factsOf: () => [] }),
    ...{ snapshots: createMemorySnapshots(), backstop: memoryCheckpoint() },
    onTrouble: (what, error) => {
      throw new Error(`${what} failed`, { cause: error });
    },
  });

const accepted = (outcome: { readonly kind: string }): void => {
  if (outcome.kind !== 'accepted') throw new Error(`The ledger refuses: ${JSON.stringify(outcome)}`);
};

/** A warehouse, the channels that sell from it, and what each of their listings is. */
export const definePlaces = async (ledger: Ledger, places: readonly Seller[]): Promise<void> => {
  const { location, connection } = warehouse;
  accepted(await ledger.setLocation(operator, { kind: 'define_location', location, author: connection, authors: {} }));
  for (const place of places) {
    const { channel, connection: of, bufferUnits: units = 0 } = place;
    const terms = {
      ...{ locations: [location], reservationTtlMillis: 900_000, splitCarts: false },
      ...(units > 0 && { buffer: { effect: 'hard' as const, units } }),
    };
    accepted(await ledger.setChannel(operator, { kind: 'define_channel', channel, connection: of, ...terms }));
    const mappings = [...place.bySku.values()].map(({ ids, sku, unitsPerSale }) =>
      ledger.mapListing(operator, { kind: 'map_listing', channel, ids, sku, unitsPerSale }),
    );
    for (const outcome of await Promise.all(mappings)) accepted(outcome);
  }
};
