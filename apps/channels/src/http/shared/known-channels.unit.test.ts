import { describe, expect, it } from 'vitest';
import type { Position } from '#event-sourcing';
import { createKnownChannels, type KnownChannelsParts } from './known-channels.js';

const end: Position = '7';

/** A read side that learns of `web` when it has come to the log's end. */
const behind = (over: Partial<KnownChannelsParts> = {}) => {
  const known = new Map<string, { readonly connection: string }>();
  const asked: Position[] = [];
  const channels = createKnownChannels({
    find: (channel) => Promise.resolve(known.get(channel)),
    head: () => Promise.resolve(end),
    includedUpTo: (position) => {
      asked.push(position);
      known.set('web', { connection: 'shop' });
      return Promise.resolve();
    },
    ...over,
  });
  return { channels, asked };
};

describe('channels that the ledger knows', () => {
  it('include one that the read side has not heard of yet', async () => {
    const { channels, asked } = behind();
    expect(await channels.connectionOf('web')).toBe('shop');
    expect(await channels.connectionOf('web')).toBe('shop');
    expect(asked).toEqual([end]);
  });

  it('do not include what is not there when all has been read, nor anything of an empty log', async () => {
    expect(await behind().channels.connectionOf('b2b')).toBeUndefined();
    const empty = behind({ head: () => Promise.resolve(undefined) });
    expect(await empty.channels.connectionOf('web')).toBeUndefined();
    expect(empty.asked).toEqual([]);
  });

  it('are not denied while the read side is behind', async () => {
    const { channels } = behind({ includedUpTo: () => Promise.reject(new Error('too late')) });
    await expect(channels.connectionOf('web')).rejects.toMatchObject({
      problem: { code: 'not_ready', retryAfterSeconds: 1 },
    });
  });
});
