import { describe, expect, test } from 'vitest';
import type { DomainEvent, Known } from '#event-sourcing';
import { channelDecider, type ChannelState } from './channel.js';
import type { ChangeChannel, ChangeLocation, DefineChannel, DefineLocation, MapListing } from './commands.js';
import { listingDecider, type ListingState } from './listing.js';
import { locationDecider, type LocationPolicyState } from './location.js';
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
  const nothing: ChannelState = { content: null, revision: -1 };
  const standing = (content: ChannelState['content']): ChannelState => ({ content, revision: 0 });
  const decide = (changes: Partial<DefineChannel>, state = nothing) =>
    channelDecider.decide({ command: { ...command, ...changes }, now, policy: book, known }, state);

  test('opens its stream', () => {
    expect(decide({})).toEqual({
      kind: 'accepted',
      events: [{ type: 'ChannelDefined', data: web, occurredAt: now }],
    });
  });

  test('again, with the same content, changes nothing', () => {
    expect(decide({}, standing(web))).toEqual({ kind: 'accepted', events: [] });
  });

  test('with other content is refused, and the fields are named', () => {
    expect(decide({ splitCarts: true, locations: ['wh2', 'wh1'] }, standing(web))).toEqual({
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
    expect(decide(changes, standing({ ...web, splitCarts: true }))).toEqual({ kind: 'refused', refusal });
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
  const decide = (changes: object, state: LocationPolicyState = { content: null, revision: -1 }) =>
    locationDecider.decide({ command: { ...command, ...changes }, now, policy: undefined, known }, state);

  test('opens its stream; a kind given to the author itself says nothing', () => {
    expect(decide({ authors: { issue: 'shop', count: 'wms' } })).toEqual({
      kind: 'accepted',
      events: [
        {
          type: 'LocationDefined',
          data: { location: 'wh1', author: 'wms', authors: { issue: 'shop' }, kind: 'own', state: 'open' },
          occurredAt: now,
        },
      ],
    });
  });

  test('again: the same changes nothing, other content is refused', () => {
    const state: LocationPolicyState = {
      content: { location: 'wh1', author: 'wms', authors: { issue: 'shop' }, kind: 'own', state: 'open' },
      revision: 0,
    };
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

describe('changing a channel', () => {
  const terms = { locations: ['wh2'], reservationTtlMillis: 60_000, splitCarts: true } as const;
  const command: ChangeChannel = { kind: 'change_channel', channel: 'web', revision: 4, ...terms };
  const stands: ChannelState = { content: web, revision: 4 };
  const decide = (changes: Partial<ChangeChannel>, state = stands) =>
    channelDecider.decide({ command: { ...command, ...changes }, now, policy: book, known }, state);

  test('sets all of its terms, and says why; the connection stays', () => {
    const buffer = { effect: 'hard', basisPoints: 500, unitsMax: 20 } as const;
    const data = { channel: 'web', connection: 'shop', ...terms, buffer, cap: { units: 9 } };
    expect(decide({ buffer, cap: { units: 9 }, reason: 'sale' })).toEqual({
      kind: 'accepted',
      events: [{ type: 'ChannelChanged', data: { ...data, reason: 'sale' }, occurredAt: now }],
    });
  });

  test('to what stands already changes nothing, whatever the revision', () => {
    const buffer = { effect: 'soft', units: 3 } as const;
    const state = { content: { ...web, buffer }, revision: 7 };
    expect(decide({ ...web, buffer, reason: 'again' }, state)).toEqual({ kind: 'accepted', events: [] });
    expect(decide({ ...web }, state)).toMatchObject({ refusal: { code: 'policy_changed' } });
    expect(decide({ ...web, buffer: { ...buffer, units: 4 }, revision: 7 }, state)).toMatchObject({
      events: [{ type: 'ChannelChanged' }],
    });
  });

  test('sells what has not arrived, and says when unpaid orders are looked at, in whatever order that is said', () => {
    const [wire, invoice] = [{ reviewAfterHours: 168 }, { reviewAfterHours: 720 }];
    const more = { backorder: { horizonDays: 14 }, paymentClasses: { wire, invoice } };
    expect(decide(more)).toMatchObject({ events: [{ data: { channel: 'web', ...terms, ...more } }] });
    const state = { content: { channel: 'web', connection: 'shop', ...terms, ...more }, revision: 5 };
    expect(decide({ ...more, paymentClasses: { invoice, wire } }, state)).toEqual({ kind: 'accepted', events: [] });
    expect(decide({ ...more, paymentClasses: { wire }, revision: 5 }, state)).toMatchObject({ kind: 'accepted' });
  });

  test('no class of payment is as good as none said', () => {
    const state = { content: { channel: 'web', connection: 'shop', ...terms }, revision: 5 };
    expect(decide({ paymentClasses: {} }, state)).toEqual({ kind: 'accepted', events: [] });
    expect(decide({ paymentClasses: {} })).toMatchObject({ events: [{ data: { channel: 'web', ...terms } }] });
  });

  const classes = (count: number, reviewAfterHours = 1) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`class_${index}`, { reviewAfterHours }]));

  test.each<[Partial<ChangeChannel>, object]>([
    [{ backorder: { horizonDays: 0 } }, { code: 'out_of_range', field: 'backorder.horizonDays', min: 1, max: 365 }],
    [{ backorder: { horizonDays: 366 } }, { code: 'out_of_range', field: 'backorder.horizonDays' }],
    [{ paymentClasses: classes(17) }, { code: 'out_of_range', field: 'paymentClasses', value: 17, max: 16 }],
    [{ paymentClasses: { Wire: { reviewAfterHours: 1 } } }, { code: 'invalid', field: 'paymentClasses.Wire' }],
    [{ paymentClasses: classes(1, 0) }, { code: 'out_of_range', field: 'paymentClasses.class_0.reviewAfterHours' }],
    [{ paymentClasses: classes(1, 2_161) }, { code: 'out_of_range', max: 2_160 }],
  ])('refuses terms %j', (changes, refusal) => {
    expect(decide(changes)).toMatchObject({ kind: 'refused', refusal });
    expect(decide({ paymentClasses: classes(16, 2_160), backorder: { horizonDays: 365 } })).toMatchObject({
      kind: 'accepted',
    });
  });

  test.each<[Partial<ChangeChannel>, ChannelState, object]>([
    [{}, { content: null, revision: -1 }, { code: 'unknown_channel', channel: 'web' }],
    [{ revision: 3 }, stands, { code: 'policy_changed', expected: 3, revision: 4 }],
    [{ revision: 5 }, stands, { code: 'policy_changed', expected: 5, revision: 4 }],
    [{ locations: ['wh9'], revision: 3 }, stands, { code: 'unknown_location', location: 'wh9' }],
    [{ buffer: { effect: 'soft', units: -1 } }, stands, { code: 'out_of_range', field: 'buffer.units' }],
    [{ cap: { basisPoints: 10_001 } }, stands, { code: 'out_of_range', field: 'cap.basisPoints' }],
    [{ cap: { basisPoints: 1, unitsMax: 1.5 } }, stands, { code: 'out_of_range', field: 'cap.unitsMax' }],
  ])('refuses %j', (changes, state, refusal) => {
    expect(decide(changes, state)).toMatchObject({ kind: 'refused', refusal });
  });

  test('is what the next definition is compared with', () => {
    const changed = channelDecider.evolve(stands, {
      type: 'ChannelChanged',
      data: { ...web, ...terms, reason: 'sale' },
      occurredAt: now,
    });
    expect(changed).toEqual({ content: { ...web, ...terms }, revision: 5 });
    const again = { command: { kind: 'define_channel', ...web } as const, now, policy: book, known };
    expect(channelDecider.decide(again, changed)).toMatchObject({
      refusal: { code: 'already_defined', differs: ['locations', 'reservationTtlMillis', 'splitCarts'] },
    });
  });
});

describe('changing a location', () => {
  const content = { location: 'wh1', author: 'wms', authors: {}, kind: 'own', state: 'open' } as const;
  const command: ChangeLocation = {
    kind: 'change_location',
    location: 'wh1',
    author: 'wms',
    authors: {},
    locationKind: 'own',
    state: 'counting',
    revision: 0,
    reason: 'stock take',
  };
  const decide = (changes: Partial<ChangeLocation>, state: LocationPolicyState = { content, revision: 0 }) =>
    locationDecider.decide({ command: { ...command, ...changes }, now, policy: undefined, known }, state);

  test('sets all of it', () => {
    expect(decide({})).toEqual({
      kind: 'accepted',
      events: [
        {
          type: 'LocationChanged',
          data: { ...content, state: 'counting', reason: 'stock take' },
          occurredAt: now,
        },
      ],
    });
  });

  test('to what stands already changes nothing; what has changed meanwhile, or was never there, is refused', () => {
    expect(decide({ state: 'open', revision: 9 })).toEqual({ kind: 'accepted', events: [] });
    expect(decide({ revision: 1 })).toMatchObject({ refusal: { code: 'policy_changed', expected: 1, revision: 0 } });
    expect(decide({}, { content: null, revision: -1 })).toMatchObject({ refusal: { code: 'unknown_location' } });
  });

  const leaves = { cutOff: '14:00', timeZone: 'Europe/Berlin', handlingDays: 1 };

  test('says when units leave, which is a change like any other', () => {
    const state = { content: { ...content, dispatch: leaves }, revision: 0 };
    expect(decide({ state: 'open', dispatch: leaves })).toMatchObject({ events: [{ data: { dispatch: leaves } }] });
    expect(decide({ state: 'open', dispatch: { ...leaves }, revision: 9 }, state)).toMatchObject({ events: [] });
    expect(decide({ state: 'open' }, state)).toMatchObject({ events: [{ type: 'LocationChanged' }] });
  });

  test.each<[Partial<typeof leaves>, object]>([
    [{ cutOff: '24:00' }, { code: 'invalid_time', field: 'dispatch.cutOff', time: '24:00' }],
    [{ timeZone: 'Mars/Base' }, { code: 'unknown_time_zone', field: 'dispatch.timeZone', timeZone: 'Mars/Base' }],
    [{ handlingDays: 61 }, { code: 'out_of_range', field: 'dispatch.handlingDays', value: 61, min: 0, max: 60 }],
    [{ handlingDays: 0.5 }, { code: 'out_of_range', field: 'dispatch.handlingDays' }],
  ])('refuses that units leave by %j', (changes, refusal) => {
    expect(decide({ dispatch: { ...leaves, ...changes } })).toMatchObject({ kind: 'refused', refusal });
  });

  test('one of the first ones, which said neither kind nor state, is a place of ones own that sells', () => {
    const nothing: LocationPolicyState = { content: null, revision: -1 };
    const first = {
      type: 'LocationDefined',
      data: { location: 'wh1', author: 'wms', authors: {} },
      occurredAt: now,
    } as const;
    expect(locationDecider.evolve(nothing, first)).toEqual({ content, revision: 0 });
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
