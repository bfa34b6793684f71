export { pauseOf, type Pause } from './pause.js';
export { runSweeper, type SweeperParts } from './run-sweeper.js';
export { skusAtOnceMax, skusPerPageMax, SweepFailedError, sweepSkus, type SweepParts } from './sweep-skus.js';
export type { UnsweptSkus } from './unswept-skus.js';
export { unsweptSkusOf } from './unswept-skus.read-model.js';
