import { describe, expect, test } from 'vitest';
import { positionOf } from '#event-sourcing';
import type { ChannelPolicy, SkuPolicy } from '#atp';
import { booksBySku } from './books-by-sku.js';
import { channelsPerSkuMax, skuPoliciesMax } from './checks.js';
import type { SetSkuPolicy } from './commands.js';
import { applyPolicyEvent, emptyBook, type PolicyBook } from './policy-book.js';
import { skuPolicyDecider, type SkuPolicyState } from './sku.js';

const now = '2026-03-01T12:00:00.000Z';
const known = { facts: new Map<string, never>(), elsewhere: new Map<string, string>() };
const channelOf = (channel: string): ChannelPolicy => ({
  ...{ channel, connection: 'shop', locations: ['wh1'], reservationTtlMillis: 900_000, splitCarts: false, revision: 0 },
});
const book: PolicyBook = {
  ...emptyBook,
  channels: new Map(['web', 'b2b'].map((channel) => [channel, channelOf(channel)])),
};
const nothing: SkuPolicyState = { channels: {}, revision: -1 };
const channels = { web: { buffer: { effect: 'hard', units: 3 }, backorder: 'never' } } as const;

const decide = (changes: Partial<SetSkuPolicy>, state = nothing, policy: { skus: { size: number } } = book) =>
  skuPolicyDecider.decide(
    {
      command: { kind: 'set_sku_policy', sku: 'A', channels, revision: -1, ...changes },
      ...{ now, known, policy: { ...book, ...policy } },
    },
    state,
  );

describe('what a SKU has of its own', () => {
  test('is set whole, with the reason', () => {
    expect(decide({ reason: 'launch' })).toEqual({
      kind: 'accepted',
      events: [{ type: 'SkuPolicySet', data: { sku: 'A', channels, reason: 'launch' }, occurredAt: now }],
    });
  });

  test('leaves out a channel of which nothing is said', () => {
    expect(decide({ channels: { ...channels, b2b: {} } })).toMatchObject({ events: [{ data: { channels } }] });
    expect(decide({ channels: { b2b: {} } })).toEqual({ kind: 'accepted', events: [] });
  });

  test('is not said twice, whatever the revision', () => {
    expect(decide({ revision: 7 }, { channels, revision: 3 })).toEqual({ kind: 'accepted', events: [] });
  });

  test('ends with nothing, and may begin anew over that revision', () => {
    const end = { type: 'SkuPolicySet', data: { sku: 'A', channels: {} }, occurredAt: now } as const;
    expect(decide({ channels: {}, revision: 3 }, { channels, revision: 3 })).toMatchObject({ events: [end] });
    const ended = skuPolicyDecider.evolve({ channels, revision: 3 }, end);
    expect(ended).toEqual({ channels: {}, revision: 4 });
    expect(decide({ revision: 4 }, ended)).toMatchObject({ kind: 'accepted', events: [{ data: { channels } }] });
  });

  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, {}]));

  test.each<[Partial<SetSkuPolicy>, object]>([
    [{ sku: '$A' }, { code: 'invalid', field: 'sku', reason: 'reserved_prefix' }],
    [{ channels: many(channelsPerSkuMax + 1) }, { code: 'out_of_range', field: 'channels', value: 65, max: 64 }],
    [{ channels: { Web: {} } }, { code: 'invalid', field: 'channels.Web', reason: 'not_a_code' }],
    [
      { channels: { web: { buffer: { effect: 'soft', units: -1 } } } },
      { code: 'out_of_range', field: 'channels.web.buffer.units' },
    ],
    [
      { channels: { web: { cap: { basisPoints: 10_001 } } } },
      { code: 'out_of_range', field: 'channels.web.cap.basisPoints' },
    ],
    [
      { channels: { web: { backorder: { horizonDays: 0 } } } },
      { code: 'out_of_range', field: 'channels.web.backorder.horizonDays' },
    ],
    [{ channels: { shop: {} } }, { code: 'unknown_channel', channel: 'shop' }],
    [{ revision: 0 }, { code: 'policy_changed', expected: 0, revision: -1 }],
  ])('refuses %j', (changes, refusal) => {
    expect(decide(changes)).toMatchObject({ kind: 'refused', refusal });
  });

  test('is bounded: one more SKU is refused, those that have some go on', () => {
    const full = { skus: { size: skuPoliciesMax } };
    expect(decide({}, nothing, full)).toEqual({
      kind: 'refused',
      refusal: { code: 'too_many_sku_policies', most: skuPoliciesMax },
    });
    expect(
      decide({ channels: { b2b: { cap: { units: 1 } } }, revision: 3 }, { channels, revision: 3 }, full),
    ).toMatchObject({ kind: 'accepted' });
  });

  test('an unknown event stops the fold', () => {
    const event = { type: 'SkuNamed', data: {}, occurredAt: now } as never;
    expect(() => skuPolicyDecider.evolve(nothing, event)).toThrow('SkuNamed');
  });
});

const setOn = (of: PolicyBook, sku: string, revision: number, own: SkuPolicy['channels']): PolicyBook =>
  applyPolicyEvent(of, {
    ...{ stream: `policy-sku-${sku}`, type: 'SkuPolicySet', data: { sku, channels: own } },
    ...{ revision, position: positionOf(revision + 1) },
  });

describe('the book of a SKU', () => {
  const changed = setOn(book, 'A', 0, channels);

  test('is the very book for all others, and for this one after its terms have ended', () => {
    const bookOf = booksBySku(() => changed);
    expect(bookOf('B')).toBe(changed);
    const ended = setOn(changed, 'A', 1, {});
    expect(ended.skus.size).toBe(0);
    expect(booksBySku(() => ended)('A')).toBe(ended);
  });

  test('has its terms in its channels, and names them', () => {
    const its = booksBySku(() => changed)('A');
    expect(its.channels.get('web')).toMatchObject({ ...book.channels.get('web'), buffer: channels.web.buffer });
    expect(its.channels.get('b2b')).toBe(book.channels.get('b2b'));
    expect(its.locations).toBe(changed.locations);
    expect(its.sku).toEqual({ sku: 'A', channels, revision: 0 });
  });

  test('is made once for each book', () => {
    let current = changed;
    const bookOf = booksBySku(() => current);
    const first = bookOf('A');
    expect(bookOf('A')).toBe(first);
    current = setOn(changed, 'B', 0, channels);
    expect(bookOf('A')).not.toBe(first);
    expect(bookOf('A')).toEqual(first);
    current = setOn(current, 'A', 1, { web: { cap: { units: 2 } } });
    expect(bookOf('A').channels.get('web')).toMatchObject({ cap: { units: 2 } });
  });
});
