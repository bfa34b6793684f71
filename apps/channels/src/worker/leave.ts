import { computes, isWithin } from '#channel-kit';
import { maintenanceOf } from '../connections/index.js';
import type { ChannelConnection } from '../contracts/index.js';

/** What may be done in a shop, as long as this run of its channel lasts. */
export type Leave = {
  /** The shop is asked to do something: not before anything is written there. */
  readonly mayAsk: boolean;
  /** Now is a time that its owner keeps for himself. */
  readonly isMaintained: () => boolean;
  /** Rows have their turn: not in a shop that was restored, and not in the time that its owner keeps for himself. */
  readonly setsRows: () => boolean;
  /** The shop was restored: where this run could write there it writes no more, whoever lets it go on begins another. */
  readonly endWriting: () => void;
};

export const createLeave = ({ ladder, settings }: ChannelConnection, now: () => number): Leave => {
  const mayAsk = ladder.rung === 'live' || ladder.rung === 'canary';
  const window = maintenanceOf(settings);
  let hasToStop = false;
  const isMaintained = (): boolean => window !== undefined && isWithin(window, now());
  return {
    mayAsk,
    isMaintained,
    setsRows: () => computes(ladder) && !hasToStop && !isMaintained(),
    endWriting: () => {
      hasToStop ||= mayAsk;
    },
  };
};
