export type * from './contracts/index.js';
export { startChannels, type Channels, type ChannelsOptions } from './composition/start-channels.js';
export { channelsModule } from './store/index.js';
