import { loadStatements, type Module } from '#postgres';

/** Its tables. */
export const cartsModule: Module = {
  name: 'carts',
  migrations: new URL('./migrations/', import.meta.url),
  serviceWrites: ['carts'],
};

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'add-carts',
  'find-cart',
  'touch-cart',
  'keep-cart',
  'forget-cart',
  'trim-carts',
  'seed-carts',
  'is-seeded',
  'set-seeded',
]);
