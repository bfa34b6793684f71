export * from './errors.js';
export type { Follower, FollowOptions } from './follow.js';
export { createProgress, type FollowerStatus, type Progress } from './progress.js';
export { runProjection, type Checkpoint, type ProjectionOptions, type Rest } from './run-projection.js';
export { runSubscription, type SubscriptionOptions } from './run-subscription.js';
