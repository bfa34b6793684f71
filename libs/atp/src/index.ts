export * from './types.js';
export { sharesPool } from './sharing.js';
export { availability } from './availability.js';
