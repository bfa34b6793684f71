import type { Planned, Told } from './plan.js';

/** What a SKU comes to: units that are there, and those of them that are promised to orders. */
export type Balance = { readonly onHand: number; readonly committed: number };

/** Balances of every SKU, by arithmetic over what was told: each fact once, of each order its highest version alone. */
export const oracleOf = (planned: readonly Planned[]): ReadonlyMap<string, Balance> => {
  const balances = new Map<string, Balance>();
  const add = (sku: string, onHand: number, committed: number): void => {
    const before = balances.get(sku) ?? { onHand: 0, committed: 0 };
    balances.set(sku, { onHand: before.onHand + onHand, committed: before.committed + committed });
  };
  for (const told of lastOf(planned)) {
    if (told.kind === 'poison') continue;
    if (told.kind !== 'order') add(told.sku, told.quantity, 0);
    else for (const { sku, ordered, cancelled = 0 } of told.lines) add(sku, 0, ordered - cancelled);
  }
  return balances;
};

const versionOf = (told: Told): number => (told.kind === 'order' ? told.version : 1);

const lastOf = (planned: readonly Planned[]): Iterable<Told> => {
  const last = new Map<string, Told>();
  for (const { told } of planned) {
    const known = last.get(told.key);
    if (known === undefined || versionOf(known) < versionOf(told)) last.set(told.key, told);
  }
  return last.values();
};
