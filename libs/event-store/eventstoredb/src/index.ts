export { AppendRejectedError, DamagedStreamError, PositionRefusedError, StoreAccessDeniedError } from './errors.js';
export type { StreamDamage } from './errors.js';
export { createEventStoreDbStore, type EventStoreDbOptions, type EventStoreDbStore } from './event-store.js';
export type { StreamFinding } from './find-damage.js';
