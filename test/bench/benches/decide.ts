import { instantOf } from '#event-sourcing';
import { type FactRecord, type Reserve, stockDecider, type StockState } from '#stock';
import { benchPolicy, shop, warehouse } from '../contestants/ledger.js';
import type { Bench } from '../support/bench.js';
import { latencyHistogram, median } from '../support/statistics.js';

const startedAt = Date.UTC(2026, 0, 1);
const known = { facts: new Map<string, FactRecord>(), elsewhere: new Map<string, string>() };

/** Decides and evolves one command at the given millisecond; throws when it is refused. */
const step = (
  state: StockState,
  command: Parameters<typeof stockDecider.decide>[0]['command'],
  millis: number,
): StockState => {
  const decision = stockDecider.decide(
    { command, now: instantOf(startedAt + millis), policy: benchPolicy, known },
    state,
  );
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  return decision.events.reduce(stockDecider.evolve, state);
};

const reserve = (cart: number): Reserve => ({
  kind: 'reserve',
  connection: shop,
  channel: 'web',
  cart: `cart-${cart}`,
  quantity: 1,
  ttlMillis: 7 * 86_400_000,
});

const openState = (reservations: number): StockState => {
  const received = step(
    stockDecider.initialState(),
    {
      kind: 'receipt',
      connection: shop,
      location: warehouse,
      sourceKey: 'receipt',
      sourceVersion: 1,
      occurredAt: instantOf(startedAt),
      quantity: 1_000_000_000,
      bucket: 'sellable',
      hash: 'bench',
    },
    0,
  );
  let state = received;
  for (let cart = 0; cart < reservations; cart += 1) state = step(state, reserve(cart), cart);
  return state;
};

/** Microseconds of one reservation, decided and folded, in batches whose median counts. */
const measure = (opened: StockState, reservations: number, batches: number, batch: number): number[] => {
  const times: number[] = [];
  let [state, cart] = [opened, reservations];
  for (let index = 0; index < batches; index += 1) {
    const began = performance.now();
    for (let call = 0; call < batch; call += 1, cart += 1) state = step(state, reserve(cart), cart);
    times.push(((performance.now() - began) * 1_000) / batch);
  }
  return times;
};

export const decide: Bench = {
  name: 'decide',
  about: 'decide and evolve of one reservation on a SKU with 100,000 open reservations',
  run: ({ size }) => {
    const reservations = size(100_000, 1_000);
    const opened = openState(reservations);
    measure(opened, reservations, size(20, 2), 100);
    const times = measure(opened, reservations, size(200, 5), 100);
    const histogram = latencyHistogram();
    for (const time of times) histogram.recordValue(Math.round(time * 1_000));
    return Promise.resolve({
      name: 'decide',
      figures: { 'open reservations': reservations, 'p99 of batches (us)': histogram.getValueAtPercentile(99) / 1_000 },
      expectations: [{ figure: 'decide + evolve', value: median(times), unit: 'us', atMost: 20 }],
    });
  },
};
