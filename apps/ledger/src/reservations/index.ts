export * from './cart.js';
export { askedOf, explodedLines, hasBundles, heldBundles, type AskedLine, type HeldBundle } from './bundles.js';
export type { CartDeskDeps } from './cart-desk.js';
export { reserveCart } from './reserve-cart.js';
export { extendCart, releaseCart, type CartHolds } from './release-cart.js';
export { holdIn } from './hold-in.js';
