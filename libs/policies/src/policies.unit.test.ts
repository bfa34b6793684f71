import { describe, expect, test } from 'vitest';
import type { DomainEvent, Known } from '#event-sourcing';
import { channelDecider, type ChannelState } from './channel.js';
import type { DefineChannel, DefineLocation, MapListing } from './commands.js';
import { listingDecider, type ListingState } from './listing.js';
import { locationDecider, type LocationState } from './location.js';
import { applyPolicyEvent, emptyBook, type PolicyBook } from './policy-book.js';

const now = '2026-03-01T09:00:00.000Z';
const known: Known<never> = { facts: new Map<string, never>(), elsewhere: new Map() };

const position = (index: number): string => String(index).padStart(20, '0');

const bookOf = (...events: readonly (readonly [stream: string, event: DomainEvent])[]): PolicyBook =>
  events.reduce<PolicyBook>(
    (book, [stream, event], index) =>
      applyPolicyEvent(book, { ...event, stream, revision: 0, position: position(index) }),
    emptyBook,
  );

const locationDefined = (location: string): readonly [string, DomainEvent] => [
  `policy-location-${location}`,
  { type: 'LocationDefined', data: { location, author: 'wms', authors: {} }, occurredAt: now },
];
const web = {
  channel: 'web',
  connection: 'shop',
  locations: ['wh1', 'wh2'],
  reservationTtlMillis: 900_000,
  splitCarts: false,
};
const channelDefined: readonly [string, DomainEvent] = [
  'policy-channel-web',
  { type: 'ChannelDefined', data: web, occurredAt: now },
];
const book = bookOf(locationDefined('wh1'), locationDefined('wh2'), channelDefined);

describe('defining a channel', () => {
  const command: DefineChannel = { kind: 'define_channel', ...web };
  const nothing: ChannelState = { defined: null };
  const decide = (changes: Partial<DefineChannel>, state = nothing) =>
    channelDecider.decide({ command: { ...command, ...changes }, now, policy: book, known }, state);

  test('opens its stream', () => {
    expect(decide({})).toEqual({
      kind: 'accepted',
      events: [{ type: 'ChannelDefined', data: web, occurredAt: now }],
    });
  });

  test('again, with the same content, changes nothing', () => {
    expect(decide({}, { defined: web })).toEqual({ kind: 'accepted', events: [] });
  });

  test('with other content is refused, and the fields are named', () => {
    expect(decide({ splitCarts: true, locations: ['wh2', 'wh1'] }, { defined: web })).toEqual({
      kind: 'refused',
      refusal: { code: 'already_defined', differs: ['locations', 'splitCarts'] },
    });
  });

  test.each<[Partial<DefineChannel>, object]>([
    [{ channel: 'We b' }, { code: 'invalid', field: 'channel', reason: 'not_a_code' }],
    [{ connection: '' }, { code: 'invalid', field: 'connection', reason: 'empty' }],
    [{ locations: [] }, { code: 'out_of_range', field: 'locations', value: 0, min: 1, max: 64 }],
    [{ locations: ['wh1', 'WH2'] }, { code: 'invalid', field: 'locations[1]', reason: 'not_a_code' }],
    [{ locations: ['wh1', 'wh1'] }, { code: 'duplicate_location', location: 'wh1' }],
    [
      { reservationTtlMillis: 999 },
      { code: 'out_of_range', field: 'reservationTtlMillis', value: 999, min: 1_000, max: 604_800_000 },
    ],
    [{ locations: ['wh1', 'wh9'] }, { code: 'unknown_location', location: 'wh9' }],
    /* Form before what is unknown, what is unknown before what stands. */
    [{ locations: ['wh9', 'wh9'] }, { code: 'duplicate_location', location: 'wh9' }],
  ])('refuses %j', (changes, refusal) => {
    expect(decide(changes, { defined: { ...web, splitCarts: true } })).toEqual({ kind: 'refused', refusal });
  });

  test('an unknown event stops the fold', () => {
    const event = { type: 'ChannelClosed', data: {}, occurredAt: now } as never;
    expect(() => channelDecider.evolve(nothing, event)).toThrow('ChannelClosed');
  });
});

describe('defining a location', () => {
  const command: DefineLocation = {
    kind: 'define_location',
    location: 'wh1',
    author: 'wms',
    authors: { issue: 'shop' },
  };
  const decide = (changes: object, state: LocationState = { defined: null }) =>
    locationDecider.decide({ command: { ...command, ...changes }, now, policy: undefined, known }, state);

  test('opens its stream; a kind given to the author itself says nothing', () => {
    expect(decide({ authors: { issue: 'shop', count: 'wms' } })).toEqual({
      kind: 'accepted',
      events: [
        {
          type: 'LocationDefined',
          data: { location: 'wh1', author: 'wms', authors: { issue: 'shop' } },
          occurredAt: now,
        },
      ],
    });
  });

  test('again: the same changes nothing, other content is refused', () => {
    const state = { defined: { location: 'wh1', author: 'wms', authors: { issue: 'shop' } } };
    expect(decide({ authors: { count: 'wms', issue: 'shop' } }, state)).toEqual({ kind: 'accepted', events: [] });
    expect(decide({ author: 'erp', authors: { issue: 'shop' } }, state)).toEqual({
      kind: 'refused',
      refusal: { code: 'already_defined', differs: ['author'] },
    });
  });

  test.each<[object, object]>([
    [{ location: 'WH1' }, { code: 'invalid', field: 'location', reason: 'not_a_code' }],
    [{ author: 'x'.repeat(33) }, { code: 'invalid', field: 'author', reason: 'too_long' }],
    [{ authors: { theft: 'wms' } }, { code: 'unknown_kind', field: 'authors', kind: 'theft' }],
    [{ authors: { issue: 'A' } }, { code: 'invalid', field: 'authors.issue', reason: 'not_a_code' }],
  ])('refuses %j', (changes, refusal) => {
    expect(decide(changes)).toEqual({ kind: 'refused', refusal });
  });
});

describe('mapping a listing', () => {
  const command: MapListing = {
    kind: 'map_listing',
    channel: 'web',
    ids: { product: '31' },
    sku: 'A',
    unitsPerSale: 1,
  };
  const mapped = { channel: 'web', ids: { product: '31' }, sku: 'A', unitsPerSale: 1 };
  const decide = (changes: Partial<MapListing>, state: ListingState = { mapped: null }) =>
    listingDecider.decide({ command: { ...command, ...changes }, now, policy: book, known }, state);

  test('says what the channel sells; every change is a new event, the same again is none', () => {
    expect(decide({})).toEqual({
      kind: 'accepted',
      events: [{ type: 'ListingMapped', data: mapped, occurredAt: now }],
    });
    expect(decide({}, { mapped })).toEqual({ kind: 'accepted', events: [] });
    expect(decide({ unitsPerSale: 6 }, { mapped })).toEqual({
      kind: 'accepted',
      events: [{ type: 'ListingMapped', data: { ...mapped, unitsPerSale: 6 }, occurredAt: now }],
    });
  });

  test.each<[Partial<MapListing>, object]>([
    [{ ids: { product: '' } }, { code: 'invalid', field: 'ids.product', reason: 'empty' }],
    [
      { ids: { product: '1', variant: '\u0000' } },
      { code: 'invalid', field: 'ids.variant', reason: 'control_character' },
    ],
    [{ sku: '$A' }, { code: 'invalid', field: 'sku', reason: 'reserved_prefix' }],
    [{ unitsPerSale: 0 }, { code: 'out_of_range', field: 'unitsPerSale', value: 0, min: 1, max: 1_000_000 }],
    [{ unitsPerSale: 1.5 }, { code: 'out_of_range', field: 'unitsPerSale', value: 1.5, min: 1, max: 1_000_000 }],
    [{ channel: 'b2b' }, { code: 'unknown_channel', channel: 'b2b' }],
  ])('refuses %j', (changes, refusal) => {
    expect(decide(changes)).toEqual({ kind: 'refused', refusal });
  });
});

describe('the policy book', () => {
  test('holds every channel and location with the revision of its stream, and its place in the log', () => {
    expect(book.channels.get('web')).toEqual({ ...web, revision: 0 });
    expect([...book.locations.keys()]).toEqual(['wh1', 'wh2']);
    expect(book.position).toBe(position(2));
  });

  test('an older book is not changed by what comes later', () => {
    expect(emptyBook.channels.size + emptyBook.locations.size).toBe(0);
  });

  test('leaves events of other streams alone, and stops at a policy event it does not know', () => {
    const event = { type: 'ChannelDefined', data: web, revision: 0, position: position(9) };
    expect(applyPolicyEvent(book, { ...event, stream: 'stock-A' })).toBe(book);
    expect(() => applyPolicyEvent(book, { ...event, stream: 'policy-sku-A', type: 'SkuNamed' })).toThrow('SkuNamed');
  });
});
