export type * from './queries/types.js';
export { bulkSkusMax, changesWaitMillisMax, pageRowsMax, runStates } from './queries/types.js';
export { readModule } from './module.js';
export { prepareProjections, liveVersionOf } from './versions/versions.js';
export { rebuildOutdated } from './versions/outdated.js';
export { foldProjection } from './fold/fold-projection.js';
export { historyProjection } from './history/history-projection.js';
export { indexProjection } from './keys/index-projection.js';
export {
  batchEventsMax,
  restAfterBatch,
  type Applied,
  type Projection,
  type ProjectionName,
} from './projection/projection.js';
export { RevisionGapError } from './events/revision-gap.js';
export { createQueries, type QueriesOptions } from './queries/create-queries.js';
export { cursorOf, InvalidCursorError, keyOfCursor } from './queries/cursor.js';
export { pageOf, rowsOf } from './queries/page.js';
export { createKeyIndex } from './keys/key-index.js';
export { createAnnouncer, type Announcer, type AnnouncerOptions } from './announcer/announcer.js';
export { holdAnnouncements, readHold, recover, type Hold, type Told } from './announcer/hold.js';
export { createBell, type Bell } from './announcer/bell.js';
export { liveProjection, type LiveProjection } from './versions/live-projection.js';
export { moveToLog, type Moved, type MoveOptions, type SamePlace } from './versions/move-to-log.js';
export { rebuild, type Rebuilt, type RebuildOptions } from './versions/rebuild.js';
export {
  startVerification,
  verifyReadModel,
  type Verification,
  type Verified,
  type VerifyOptions,
} from './verify/verify-read-model.js';
export { readOpenCarts, type OpenCart } from './carts/open-carts.js';
export { listUnsweptSkus } from './unswept/unswept-skus.js';
export { readRunSurroundings, type AskedOfRuns, type RunSurroundings } from './runs/runs.js';
