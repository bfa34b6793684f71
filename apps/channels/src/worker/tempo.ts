import { defaultBounds, initialPace, pacedBy, type Capabilities, type Millis } from '#channel-kit';
import { createShare, type Share } from './share.js';

/** How a shop bears us: the account of its time, and the rows that it takes at once. It is as old as the shop stands open. */
export type Tempo = {
  readonly share: Share;
  /** Of a request that writes. */
  readonly rows: () => number;
  /** More of them no request writes, however well the shop is. */
  readonly rowsMax: number;
  /** @param millis so long the shop took for a request that wrote so many rows */
  readonly wrote: (rows: number, millis: Millis) => void;
};

/** @param now milliseconds of our own clock */
export const createTempo = ({ rowsMax }: Pick<Capabilities, 'rowsMax'>, now: () => Millis): Tempo => {
  const bounds = {
    rowsMin: Math.min(defaultBounds.rowsMin, rowsMax),
    rowsMax: Math.min(defaultBounds.rowsMax, rowsMax),
  };
  let pace = initialPace(bounds);
  return {
    share: createShare(now),
    rows: () => pace.rows,
    rowsMax: bounds.rowsMax,
    wrote: (rows, millis) => {
      pace = pacedBy(pace, rows, millis, bounds);
    },
  };
};
