import type { Backoff } from '../backoff.js';
import type { Position } from '../event.js';
import type { ReadBack } from './answers.js';
import type { Board } from './board.js';
import type { KernelParts } from './kernel-parts.js';
import type { Flight, Lane, Pending } from './lane.js';

/** What the committer works with. */
export type Committing = {
  readonly parts: KernelParts;
  readonly board: () => Board;
  readonly readBack: ReadBack;
  readonly backoff: Backoff;
  /** A lane's state has moved on by a commit of its own. */
  readonly onCommitted: (lane: Lane, events: number) => void;
  /** Committed, and not yet answered. */
  readonly landed: Landed[];
};

/** `last`: the position of its last event; undefined: it had none. */
export type Landed = { readonly flight: Flight; readonly last: Position | undefined };

export const pendingsOf = ({ decided }: Flight): readonly Pending[] => decided.map(({ pending }) => pending);

/** What was decided ahead rests on what has not come: its commands go back to the front, in their order. */
export const ground = ({ board }: Committing, lane: Lane): void => {
  const { ahead } = lane;
  lane.ahead = undefined;
  if (ahead !== undefined) board().putBack(lane, pendingsOf(ahead));
};
