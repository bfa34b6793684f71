export { relayTopics } from './messages.js';
export { startRelays, type Relays, type RelaysOptions } from './start-relays.js';
