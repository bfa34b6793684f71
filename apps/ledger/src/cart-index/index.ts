export type { CartAddition, CartIndex, ExplodedRequest, KnownCart } from './cart-index.js';
export { cartsMax, createMemoryCartIndex } from './memory-cart-index.js';
export {
  createPostgresCartIndex,
  type PostgresCartIndex,
  type PostgresCartIndexOptions,
} from './postgres-cart-index.js';
export { isSeeded, seedCarts } from './seed-carts.js';
export { cartsModule } from './statements.js';
