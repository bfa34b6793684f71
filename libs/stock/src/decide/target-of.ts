import type { ChannelPolicy } from '#atp';
import type { SetOrderTarget, TargetLine } from '../commands.js';

/** One line's target with the command that it came in and the policy of its channel. */
export type TargetOf = {
  readonly command: SetOrderTarget;
  readonly target: TargetLine;
  readonly channel: ChannelPolicy;
};
