export * from './types.js';
export { sharesPool } from './sharing.js';
export { isOpen, openOnes } from './open-locations.js';
export { basisPointsOfAll } from './share.js';
export { availability } from './availability.js';
