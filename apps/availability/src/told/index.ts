export { isBehind } from './is-behind.js';
export { eventIn, readNewestTold, type NewestTold } from './read-told.js';
export { startToldCheck, type ToldCheck, type ToldCheckOptions } from './told-check.js';
