export { createLedgerSide, type LedgerSideParts } from './create-ledger-side.js';
export { followingOutbox, type OutboxParts } from './follow-outbox.js';
export { announcementsGroup, announcementsTopic, followingTopic, type TopicParts } from './follow-topic.js';
export { includedOrdersMax, type IncludedParts, type ParkedOrder } from './included.js';
export { channelSideModule } from './module.js';
export { ordersTopic } from './order-message.js';
