import type {
  CartRow,
  CombinationRow,
  ConfigurationRow,
  DetailRow,
  HistoryRow,
  MovementRow,
  OrderRow,
  PackItemRow,
  ProductRow,
  ReturnRow,
  ShopGroupRow,
  ShopRow,
  SlipRow,
  StateRow,
  StockRow,
} from './rows.js';
import { createTable, type Table, type TableDump } from './table.js';

/** The second index of `details`: its lines by product. */
export const byProduct = 1;

/** The shop's database. */
export const createTables = () => ({
  products: createTable<ProductRow>(),
  combinations: createTable<CombinationRow>((row) => row.id_product),
  packItems: createTable<PackItemRow>((row) => row.id_pack),
  stock: createTable<StockRow>((row) => row.id_product),
  carts: createTable<CartRow>(),
  orders: createTable<OrderRow>((row) => row.id_cart),
  details: createTable<DetailRow>(
    (row) => row.id_order,
    (row) => row.product_id,
  ),
  histories: createTable<HistoryRow>((row) => row.id_order),
  slips: createTable<SlipRow>((row) => row.id_order),
  movements: createTable<MovementRow>((row) => row.id_order),
  states: createTable<StateRow>(),
  configurations: createTable<ConfigurationRow>(),
  shops: createTable<ShopRow>((row) => row.id_shop_group),
  shopGroups: createTable<ShopGroupRow>(),
  returns: createTable<ReturnRow>((row) => row.id_order),
});

export type Tables = ReturnType<typeof createTables>;

/** All tables at one moment, with the counters of their ids. */
export type Backup = Readonly<Record<keyof Tables, TableDump<{ readonly id: number }>>>;

type AnyTable = Table<{ readonly id: number }>;

const entriesOf = (tables: Tables) => Object.entries(tables) as unknown as [keyof Tables, AnyTable][];

export const backupOf = (tables: Tables): Backup =>
  structuredClone(Object.fromEntries(entriesOf(tables).map(([name, table]) => [name, table.dump()]))) as Backup;

export const restoreTo = (tables: Tables, backup: Backup): void =>
  entriesOf(tables).forEach(([name, table]) => table.load(structuredClone(backup[name])));
