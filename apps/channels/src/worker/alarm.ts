import type { Trouble } from '#channel-kit';
import type { ChannelWork } from './deps.js';
import { feedAwayMillis } from './rhythm.js';

/** Tells people what keeps a shop from answering, and that it is over. */
export type Alarm = {
  /** After each reading of the feed. @param wholeAt when the last one began that was whole */
  readonly feed: (trouble: Trouble | undefined, wholeAt: number) => Promise<void>;
};

export const createAlarm = ({ alerts, channel, now }: ChannelWork): Alarm => {
  const { channel: name, ladder } = channel;
  const open = new Set<string>();
  const verb = `channel show ${name}`;
  const settle = async (): Promise<void> => {
    for (const code of open) await alerts.settle(name, code);
    open.clear();
  };
  return {
    feed: async (trouble, wholeAt) => {
      if (trouble === undefined) return settle();
      const { kind, code, detail } = trouble;
      if (kind === 'misconfigured' || kind === 'refused') {
        open.add(code);
        await alerts.raise({ channel: name, code, subject: '', level: 'ticket', detail, verb });
      }
      if (now() - wholeAt < feedAwayMillis) return;
      open.add('feed_away');
      await alerts.raise({
        ...{ channel: name, code: 'feed_away', subject: '', verb },
        level: ladder.rung === 'live' || ladder.rung === 'canary' ? 'page' : 'ticket',
        detail: `The shop's orders have not been read for 10 minutes, nothing rises there: ${detail}`,
      });
    },
  };
};
