import * as descriptionChecks from './description-checks.js';
import * as orderChecks from './order-checks.js';
import * as rowChecks from './row-checks.js';
import * as troubleChecks from './trouble-checks.js';
import type { ChannelCheck } from './world.js';

export type { ChannelCheck, ChannelWorld, Failing, Playground } from './world.js';

/** Every promise of the port of a shop, by name. Plain values: a control can assert that one fails. */
export const channelChecks: Readonly<Record<string, ChannelCheck>> = {
  ...rowChecks,
  ...orderChecks,
  ...descriptionChecks,
  ...troubleChecks,
};
