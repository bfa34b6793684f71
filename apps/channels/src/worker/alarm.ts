import type { Trouble } from '#channel-kit';
import type { ChannelWork } from './deps.js';
import { feedAwayMillis } from './rhythm.js';

/** Tells people what keeps a shop from answering, and that it is over. */
export type Alarm = {
  /** After each reading of the feed. @param wholeAt when the last one began that was whole */
  readonly feed: (trouble: Trouble | undefined, wholeAt: number) => Promise<void>;
  /** After each request that set quantities. */
  readonly writes: (trouble: Trouble | undefined) => Promise<void>;
};

/** What a shop may say that somebody has to mend there, by the codes that all connectors share. */
const codesOfShops = ['key_refused', 'right_missing', 'webservice_off', 'blocked', 'redirected', 'certificate'];

const needsSomebody = ({ kind }: Trouble): boolean => kind === 'misconfigured' || kind === 'refused';

/** Subject of what keeps quantities from being set while orders can be read. */
const stock = 'stock';

export const createAlarm = ({ alerts, channel, now }: ChannelWork): Alarm => {
  const { channel: name, ladder } = channel;
  const verb = `channel show ${name}`;
  // Whoever ran the channel before may have raised them.
  const open = { feed: new Set([...codesOfShops, 'feed_away']), writes: new Set(codesOfShops) };
  const settle = async (codes: Set<string>, subject: string): Promise<void> => {
    for (const code of codes) await alerts.settle(name, code, subject);
    codes.clear();
  };
  const raiseTicket = async ({ code, detail }: Trouble, codes: Set<string>, subject: string): Promise<void> => {
    codes.add(code);
    await alerts.raise({ channel: name, code, subject, level: 'ticket', detail, verb });
  };
  return {
    feed: async (trouble, wholeAt) => {
      if (trouble === undefined) return settle(open.feed, '');
      if (needsSomebody(trouble)) await raiseTicket(trouble, open.feed, '');
      if (now() - wholeAt < feedAwayMillis) return;
      open.feed.add('feed_away');
      await alerts.raise({
        ...{ channel: name, code: 'feed_away', subject: '', verb },
        level: ladder.rung === 'live' || ladder.rung === 'canary' ? 'page' : 'ticket',
        detail: `The shop's orders have not been read for 10 minutes, nothing rises there: ${trouble.detail}`,
      });
    },
    writes: async (trouble) => {
      if (trouble === undefined) return settle(open.writes, stock);
      if (needsSomebody(trouble)) await raiseTicket(trouble, open.writes, stock);
    },
  };
};
