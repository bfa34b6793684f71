export { type Access } from './raw.js';
export { restWorld, type WooCommerceWorld } from './rest-world.js';
export { type RowKind, serverWorld } from './server-world.js';
