export * from './types.js';
export { isOpen, openOnes } from './open-locations.js';
export { dispatchOn, isTimeOfDay, isTimeZone, nextCutOff } from './dispatch.js';
export { channelFor, channelsFor, skuPolicyStream } from './own-terms.js';
export { basisPointsOfAll } from './share.js';
export { availability } from './availability.js';
export { isPreorderLine, preorderAt, preorderLine } from './preorder.js';
export { incomingOf, isExpected, unpledgedOf } from './incoming.js';
export * from './bundle.js';
