import { ProblemError } from '#platform';
import type { Position } from '#event-sourcing';

/** Channels as the ledger's policies have them. */
export type KnownChannels = {
  /**
   * The principal of the channel's orders; undefined: there is no such channel. Whoever was answered that a channel is
   * defined is known here.
   * @throws ProblemError `not_ready` where the read side does not come up with the log in time
   */
  readonly connectionOf: (channel: string) => Promise<string | undefined>;
};

export type KnownChannelsParts = {
  /** As the read side has it now. */
  readonly find: (channel: string) => Promise<{ readonly connection: string } | undefined>;
  readonly head: () => Promise<Position | undefined>;
  /** Returns when the read side has all up to the position; throws where that takes too long. */
  readonly includedUpTo: (position: Position) => Promise<void>;
};

/** The read side is milliseconds behind the log: a channel that it does not know may just have been defined. */
export const createKnownChannels = ({ find, head, includedUpTo }: KnownChannelsParts): KnownChannels => ({
  connectionOf: async (channel) => {
    const found = await find(channel);
    if (found !== undefined) return found.connection;
    const end = await head();
    if (end === undefined) return undefined;
    await includedUpTo(end).catch(() => {
      throw new ProblemError('not_ready', {
        detail: `Whether there is a channel ${channel} is not known: the read side is behind the log.`,
        retryAfterSeconds: 1,
      });
    });
    return (await find(channel))?.connection;
  },
});
