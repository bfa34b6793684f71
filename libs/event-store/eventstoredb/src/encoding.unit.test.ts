import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventMetadata, type JsonObject, type SealedEvent, verifyChain } from '#event-sourcing';
import { anyEvent, anyMetadata, plainDigest, sealAll } from '#testing';
import { bytesInAppend, proposedOf, recordedOf, type StoredRecord } from './encoding.js';
import { DamagedStreamError } from './errors.js';

const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' });
const texts = fc.string({ unit: 'binary', maxLength: 40 });
const data = fc.dictionary(texts, fc.oneof(json, fc.double({ noNaN: true, noDefaultInfinity: true }), texts));
const metadata: fc.Arbitrary<EventMetadata> = fc
  .record({ actor: texts, reference: texts, causationId: fc.option(texts, { nil: undefined }) })
  .map(({ actor, reference, causationId }) => ({
    ...anyMetadata(),
    ...{ actor, source: { connection: 'shop', reference } },
    ...(causationId === undefined ? {} : { causationId }),
  }));

const place = { commit: '4711', prepare: '4711' };
const stored = (event: SealedEvent): StoredRecord => ({
  ...proposedOf(event),
  stream: event.stream,
  revision: String(event.revision),
  position: place,
});

describe('an event in the server', () => {
  it('comes back with everything that was hashed, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(data, { minLength: 1, maxLength: 4 }), metadata, (contents, about) => {
        const events = contents.map((content) => anyEvent('Noted', content as JsonObject));
        const sealed = sealAll('stock-A', events, undefined, about);
        const read = sealed.map((event) => recordedOf(stored(event)));
        expect(verifyChain(plainDigest, read).kind).toBe('intact');
        const { canonical, ...whole } = sealed[0]!;
        expect(canonical).toBeTypeOf('string');
        expect(read[0]).toMatchObject({ eventId: whole.eventId, hash: whole.hash, position: '00000000000000004711' });
      }),
    );
  });

  it('counts towards the limit of an append no less than the server counts, and hardly more', () => {
    fc.assert(
      fc.property(data, metadata, fc.constantFrom('A', 'CommitmentChanged'), (content, about, type) => {
        const [event] = sealAll('stock-A', [anyEvent(type, content)], undefined, about);
        const record = proposedOf(event!);
        const counted = record.data.length + record.metadata.length + 2 * type.length;
        expect(bytesInAppend(event!)).toBeGreaterThanOrEqual(counted);
        expect(bytesInAppend(event!)).toBeLessThan(counted + 100);
      }),
    );
  });

  it('control: one that was edited is found', () => {
    const [sealed] = sealAll('stock-A', [anyEvent('Noted', { number: 1 })]);
    const edited = { ...stored(sealed!), data: Buffer.from('{"number":2}') };
    expect(verifyChain(plainDigest, [recordedOf(edited)]).kind).toBe('broken');
  });

  const [whole] = sealAll('stock-A', [anyEvent()]);
  it.each([
    ['without metadata', { metadata: new Uint8Array() }, 'foreign_event'],
    ['with metadata of its own', { metadata: Buffer.from('{"$correlationId":"x"}') }, 'foreign_event'],
    ['with bytes that are no JSON', { data: Buffer.from([0xff, 0x00]) }, 'foreign_event'],
    ['with a list for data', { data: Buffer.from('[]') }, 'foreign_event'],
    ['that is a tombstone', { type: '$streamDeleted', revision: '9223372036854775807' }, 'tombstoned'],
  ])('%s is no event of a ledger', (_, change, damage) => {
    const read = () => recordedOf({ ...stored(whole!), ...change });
    expect(read).toThrow(DamagedStreamError);
    expect(read).toThrow(expect.objectContaining({ damage, stops: 'log_changed', stream: 'stock-A' }) as Error);
  });
});
