import type { OutgoingMessage } from '#messaging';
import { intakeTopics } from '#apps/ledger';
import { rollsOf, type Rolls } from '../../crash/clients/rolls.js';
import { orderMessage, receiptMessage, type OrderLine } from '../../intake/messages.js';

/** A version of a fact or of an order; what counts in the end is the highest of each key. */
export type Told =
  | { readonly kind: 'receipt' | 'adjustment'; readonly key: string; readonly sku: string; readonly quantity: number }
  | { readonly kind: 'order'; readonly key: string; readonly version: number; readonly lines: readonly OrderLine[] }
  | { readonly kind: 'poison'; readonly key: string };

export type Planned = { readonly topic: string; readonly message: OutgoingMessage; readonly told: Told };

export type Size = { readonly messages: number; readonly poison: number; readonly skus: number };

export const idOf = ({ headers }: OutgoingMessage): string => headers['ce_id'] ?? '';

const operator = { source: 'operator' };
/** An order is told in so many versions at most. */
const versionsMax = 3;
const linesMax = 3;

/** All messages of a run, each once, in no order that means anything. */
export const planOf = ({ messages, poison, skus }: Size, seed: number): readonly Planned[] => {
  const rolls = rollsOf(seed);
  const skuOf = (): string => `load-${rolls.integer(1, skus)}`;
  const planned: Planned[] = Array.from({ length: poison }, (_, index) => poisonOf(`poison-${index}`, skuOf()));
  // What nobody sends more than a few units of is on the shelf: no order stays owed in the end.
  for (let sku = 1; sku <= skus; sku += 1) planned.push(receiptOf(`opening-${sku}`, `load-${sku}`, 1_000_000));
  for (let index = 0; planned.length < messages; index += 1) planned.push(...next(rolls, index, skuOf));
  return planned.slice(0, messages);
};

const next = (rolls: Rolls, index: number, skuOf: () => string): readonly Planned[] => {
  if (rolls.chance(0.3)) return [receiptOf(`receipt-${index}`, skuOf(), rolls.integer(1, 50))];
  if (rolls.chance(0.3)) return [adjustmentOf(`adjustment-${index}`, skuOf(), rolls.integer(1, 9) - 10)];
  const skus = Array.from({ length: rolls.integer(1, linesMax) }, skuOf);
  return Array.from({ length: rolls.integer(1, versionsMax) }, (_, version) =>
    orderOf(`order-${index}`, version + 1, linesOf(rolls, skus)),
  );
};

/** A line keeps its SKU from version to version, and some versions are without it. */
const linesOf = (rolls: Rolls, skus: readonly string[]): readonly OrderLine[] =>
  skus
    .map((sku, line) => ({ line: `${line + 1}`, sku, ordered: rolls.integer(2, 5), cancelled: rolls.integer(0, 2) }))
    .filter(({ line }) => line === '1' || rolls.chance(0.8));

const receiptOf = (key: string, sku: string, quantity: number): Planned => ({
  topic: intakeTopics.movements,
  message: receiptMessage(sku, quantity, key, operator),
  told: { kind: 'receipt', key, sku, quantity },
});

const adjustmentOf = (key: string, sku: string, quantity: number): Planned => ({
  topic: intakeTopics.movements,
  message: receiptMessage(sku, quantity, key, { ...operator, kind: 'adjustment', reason: 'broken' }),
  told: { kind: 'adjustment', key, sku, quantity },
});

const orderOf = (key: string, version: number, lines: readonly OrderLine[]): Planned => ({
  topic: intakeTopics.orders,
  message: orderMessage(key, version, lines, operator),
  told: { kind: 'order', key, version, lines },
});

/** At a place that nobody knows: well formed, and never to be taken in. */
const poisonOf = (key: string, sku: string): Planned => ({
  topic: intakeTopics.movements,
  message: receiptMessage(sku, 1, key, { ...operator, location: 'moon' }),
  told: { kind: 'poison', key },
});

/** Every message twice and some three times, shuffled: of a key, versions come in any order. */
export const deliveriesOf = (planned: readonly Planned[], seed: number): readonly Planned[] => {
  const rolls = rollsOf(seed + 1);
  const all = [...planned, ...planned, ...planned.filter(() => rolls.chance(0.05))];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = rolls.integer(0, last);
    [all[last], all[other]] = [all[other] as Planned, all[last] as Planned];
  }
  return all;
};
