import type { ChannelPolicy } from '#atp';
import type { SetOrderTarget, TargetLine } from '../commands.js';
import type { LineStanding } from '../standing.js';
import { lineCopyOf, withOptional } from '../lines.js';

/** One line's target with the command that it came in and the policy of its channel. */
export type TargetOf = {
  readonly command: SetOrderTarget;
  readonly target: TargetLine;
  readonly channel: ChannelPolicy;
};

/** The line with what its target says, before any unit moves. */
export const targeted = (before: LineStanding, { command, target }: TargetOf): LineStanding => {
  const wanted = lineCopyOf(before);
  wanted.version = target.version;
  wanted.ordered = target.ordered;
  wanted.promised = target.promised;
  wanted.baselineIssued = target.baselineIssued;
  wanted.baselineReturned = target.baselineReturned;
  wanted.paid = target.paid;
  wanted.placedAt = command.placedAt;
  return target.restocked === before.restocked ? wanted : withOptional(wanted, { restocked: target.restocked });
};

/** What will have been issued for the line: where the shop is author of issues, what it says it has shipped. */
export const issuedAfter = (line: LineStanding, { target }: TargetOf): number =>
  target.shipped === undefined ? line.issued : Math.max(0, target.shipped - target.baselineIssued);
