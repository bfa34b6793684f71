import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyEvent, anyMetadata, plainDigest, sealAll } from '#testing';
import type { EventMetadata, RecordedEvent, SealedEvent } from '../event.js';
import type { JsonObject } from '../json.js';
import { canonicalJson } from './canonical-json.js';
import { canonicalOf, genesisHash, seal } from './seal.js';
import { verifyChain } from './verify-chain.js';

const stream = 'toy-1';
const data = fc.dictionary(
  fc.string(),
  fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' }),
) as fc.Arbitrary<JsonObject>;
const metadata: fc.Arbitrary<EventMetadata> = fc
  .record({ reference: fc.option(fc.string()), causationId: fc.option(fc.string()), hash: fc.option(fc.string()) })
  .map(({ reference, causationId, hash }) => ({
    ...anyMetadata(),
    source: { connection: 'shop', ...(reference === null ? {} : { reference }) },
    ...(causationId === null ? {} : { causationId }),
    ...(hash === null ? {} : { commandHash: hash }),
  }));

/** As a store hands them back: parsed from the text that was hashed. */
const recorded = (sealed: SealedEvent, position = '00000000000000000001'): RecordedEvent => {
  const { canonical, hash, eventId } = sealed;
  return { ...(JSON.parse(canonical) as RecordedEvent), hash, eventId, position };
};

describe('seal', () => {
  it('hashes the canonical text of the whole event, whatever it holds', () => {
    fc.assert(
      fc.property(data, metadata, fc.nat(), (content, about, revision) => {
        const place = { stream, revision, previousHash: plainDigest.of('before') };
        const sealed = seal(plainDigest, place, anyEvent('Noted', content), 2, about);
        const whole = { stream, revision, type: 'Noted', schemaVersion: 2, data: content, metadata: about };
        expect(sealed.canonical).toBe(canonicalJson(whole as unknown as JsonObject));
        expect(sealed.hash).toBe(plainDigest.chain(place.previousHash, sealed.canonical));
        expect(canonicalOf(recorded(sealed))).toBe(sealed.canonical);
      }),
    );
  });
});

describe('verifyChain', () => {
  const chain = sealAll(
    stream,
    [1, 2, 3, 4].map((number) => anyEvent('Noted', { number })),
  ).map((event) => recorded(event));
  const edited = (index: number, change: Partial<RecordedEvent>) =>
    chain.map((event, at) => (at === index ? { ...event, ...change } : event));

  it('finds an untouched chain intact, in one piece or in two', () => {
    const head = { revision: 3, hash: chain[3]!.hash };
    expect(verifyChain(plainDigest, chain)).toEqual({ kind: 'intact', head });
    const first = verifyChain(plainDigest, chain.slice(0, 2));
    expect(first.kind === 'intact' && verifyChain(plainDigest, chain.slice(2), first.head)).toEqual({
      kind: 'intact',
      head,
    });
    expect(verifyChain(plainDigest, [])).toEqual({ kind: 'intact', head: { revision: -1, hash: genesisHash } });
  });

  it.each([
    ['edited data', edited(1, { data: { number: 20 } }), 1, 'hash'],
    ['edited metadata', edited(2, { metadata: { ...anyMetadata(), actor: 'other' } }), 2, 'hash'],
    ['another type', edited(0, { type: 'Changed' }), 0, 'hash'],
    ['a hash of its own', edited(1, { hash: plainDigest.of('forged') }), 1, 'hash'],
    ['an event id of its own', edited(1, { eventId: chain[0]!.eventId }), 1, 'event_id'],
    ['a missing event', [chain[0]!, ...chain.slice(2)], 1, 'gap'],
    ['a missing beginning', chain.slice(1), 0, 'gap'],
    ['two exchanged', [chain[0]!, chain[2]!, chain[1]!, chain[3]!], 1, 'gap'],
    ['an event of another stream', edited(2, { stream: 'toy-2' }), 2, 'other_stream'],
  ])('finds %s', (_, events, revision, reason) => {
    expect(verifyChain(plainDigest, events)).toEqual({ kind: 'broken', revision, reason });
  });
});
