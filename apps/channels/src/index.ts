export { startChannels, type Channels, type ChannelsOptions } from './composition/start-channels.js';
export * from './connections/index.js';
export type * from './contracts/index.js';
export { createHintDesk, hintsPerSecondMax, type HintDesk } from './http/hints/hint-desk.js';
export type { KnownChannels } from './http/shared/known-channels.js';
export { ChannelsModule, type ChannelsModuleParts } from './module.js';
export { createShops, type Shops } from './shops/shops.js';
export { channelsModule } from './store/index.js';
export * from './ledger-side/index.js';
