import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badKey } from '#policies';
import {
  type CloudEvent,
  cloudEventEncoder,
  decodeCloudEvent,
  encodeCloudEvent,
  extensionsMax,
} from './cloud-event.js';
import { attributeCharsMax } from './cloud-event-attributes.js';

const minimal: CloudEvent = { id: '1', source: '/ledger', type: 'stock.events.v1', extensions: new Map() };
const whole: CloudEvent = {
  ...minimal,
  time: '2026-03-01T09:00:00.000Z',
  subject: 'TSHIRT-BLUE-M',
  dataSchema: 'https://ledger.example/docs/events/schemas/event.v1.json',
  contentType: 'application/json; charset=utf-8',
  extensions: new Map([['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01']]),
};
const headersOf = (event: CloudEvent = whole): Map<string, string> => new Map(Object.entries(encodeCloudEvent(event)));

const refusalOf = (change: (headers: Map<string, string>) => void) => {
  const headers = headersOf();
  change(headers);
  const decoded = decodeCloudEvent(headers);
  return decoded.kind === 'refused' ? decoded.refusal : 'decoded';
};

describe('an event', () => {
  it('is headers, named as the Kafka protocol binding says', () => {
    expect(encodeCloudEvent(whole)).toEqual({
      ce_specversion: '1.0',
      ce_id: '1',
      ce_source: '/ledger',
      ce_type: 'stock.events.v1',
      ce_time: '2026-03-01T09:00:00.000Z',
      ce_subject: 'TSHIRT-BLUE-M',
      ce_dataschema: 'https://ledger.example/docs/events/schemas/event.v1.json',
      'content-type': 'application/json; charset=utf-8',
      ce_traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
  });

  it('comes back as it was, beside headers that are none of its own', () => {
    for (const event of [minimal, whole]) {
      const headers = new Map([...headersOf(event), ['__proto__', 'x'], ['b3', '1'], ['CE_ID', '2']]);
      expect(decodeCloudEvent(headers)).toEqual({ kind: 'decoded', event });
    }
  });
});

describe('headers are refused', () => {
  it.each(['ce_specversion', 'ce_id', 'ce_source', 'ce_type'])('without %s', (header) => {
    const refusal = refusalOf((headers) => headers.delete(header));
    expect(refusal).toEqual({ code: 'attribute_missing', header, detail: 'is required' });
  });

  it.each([
    ['ce_specversion', '0.3', 'version_unsupported'],
    ['ce_specversion', '1.1', 'version_unsupported'],
    ['content-type', 'application/cloudevents+json', 'mode_unsupported'],
    ['content-type', 'application/cloudevents-batch+json; charset=utf-8', 'mode_unsupported'],
    ['content-type', 'json', 'attribute_malformed'],
    ['ce_id', '', 'attribute_malformed'],
    ['ce_id', 'a\u0000b', 'attribute_malformed'],
    ['ce_id', 'a\ud800', 'attribute_malformed'],
    ['ce_id', 'a\u0085', 'attribute_malformed'],
    ['ce_id', 'x'.repeat(attributeCharsMax + 1), 'attribute_malformed'],
    ['ce_source', 'with space', 'attribute_malformed'],
    ['ce_source', '%zz', 'attribute_malformed'],
    ['ce_source', '', 'attribute_malformed'],
    ['ce_type', '', 'attribute_malformed'],
    ['ce_subject', '', 'attribute_malformed'],
    ['ce_dataschema', '/relative', 'attribute_malformed'],
    ['ce_time', 'yesterday', 'attribute_malformed'],
    ['ce_time', '2026-02-29T00:00:00Z', 'attribute_malformed'],
    ['ce_time', '2026-03-01T24:00:00Z', 'attribute_malformed'],
    ['ce_time', '2026-03-01T09:00:00', 'attribute_malformed'],
    ['ce_trace-parent', 'x', 'attribute_name_malformed'],
    ['ce_', 'x', 'attribute_name_malformed'],
    ['ce___proto__', 'x', 'attribute_name_malformed'],
    [`ce_${'x'.repeat(21)}`, 'x', 'attribute_name_malformed'],
    ['ce_extension', '\u0007', 'attribute_malformed'],
  ])('where %s is %j: %s', (header, value, code) => {
    expect(refusalOf((headers) => headers.set(header, value))).toMatchObject({ code, header });
  });

  it('with more extensions than anybody needs, and shortened where a name is long', () => {
    expect(
      refusalOf((headers) => {
        for (let number = 0; number < extensionsMax; number++) headers.set(`ce_extension${number}`, '');
      }),
    ).toMatchObject({ code: 'too_many_extensions' });
    expect(refusalOf((headers) => headers.set(`ce_${'x'.repeat(500)}`, ''))).toMatchObject({
      header: `ce_${'x'.repeat(61)}`,
    });
  });

  it.each(['2024-02-29T23:59:59.123456789Z', '2000-02-29T00:00:00+05:30', '2026-12-31t00:00:00z'])(
    'control: not for the time %s',
    (time) => {
      expect(refusalOf((headers) => headers.set('ce_time', time))).toBe('decoded');
    },
  );
});

describe('our own mistakes', () => {
  it.each<[string, Partial<CloudEvent>]>([
    ['an empty id', { id: '' }],
    ['an extension with a bad name', { extensions: new Map([['Trace', '']]) }],
    ['an extension that would be another attribute', { extensions: new Map([['id', '2']]) }],
    ['an extension that would be the version', { extensions: new Map([['specversion', '1.0']]) }],
  ])('throw: %s', (_, change) => {
    expect(() => encodeCloudEvent({ ...minimal, ...change })).toThrow(TypeError);
  });
});

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((one) => /^[^\p{C}]*$/u.test(one));
const names = fc
  .stringMatching(/^[a-z0-9]{1,20}$/u)
  .filter((name) => !['specversion', 'id', 'source', 'type', 'time', 'subject', 'dataschema'].includes(name));
const optional = (name: string, values: fc.Arbitrary<string>) =>
  fc.option(values, { nil: undefined }).map((value) => (value === undefined ? {} : { [name]: value }));

const events: fc.Arbitrary<CloudEvent> = fc
  .tuple(
    fc.record({ id: text, source: fc.webUrl(), type: text }),
    optional(
      'time',
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString()),
    ),
    optional('subject', text),
    optional('contentType', fc.constantFrom('application/json', 'text/plain; charset="utf-8"')),
    fc.uniqueArray(fc.tuple(names, text), { selector: ([name]) => name, maxLength: extensionsMax }),
  )
  .map(([one, time, subject, contentType, extensions]) => ({
    ...one,
    ...time,
    ...subject,
    ...contentType,
    extensions: new Map(extensions),
  }));

describe('any', () => {
  it('event comes back as it was', () => {
    fc.assert(
      fc.property(events, (event) => {
        expect(decodeCloudEvent(headersOf(event))).toEqual({ kind: 'decoded', event });
      }),
    );
  });

  it('SKU can be its subject, with its channel before it: no name of ours stops what is told of it', () => {
    const odd = fc.constantFrom('\uffff', '\ufdd0', '\u{1fffe}', '\u00ad', '\u200b', '%', ' ', ':', '/', '\u{1f600}');
    const skus = fc.string({
      unit: fc.oneof(odd, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
      maxLength: 64,
    });
    fc.assert(
      fc.property(
        skus.filter((sku) => badKey(sku) === undefined),
        (sku) => {
          const event = { ...minimal, subject: `${'x'.repeat(32)}:${sku}` };
          expect(decodeCloudEvent(headersOf(event))).toEqual({ kind: 'decoded', event });
        },
      ),
    );
  });

  it('headers at all are decoded or refused, and what was decoded can be encoded', () => {
    const header = fc.oneof(
      fc.constantFrom('ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time', 'content-type', '__proto__'),
      fc.string().map((name) => `ce_${name}`),
      fc.string(),
    );
    const value = fc.oneof(fc.constantFrom('1.0', 'a', '/a', 'application/json'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(fc.tuple(header, value)), fc.boolean(), (entries, isComplete) => {
        const decoded = decodeCloudEvent(new Map([...(isComplete ? headersOf() : []), ...entries]));
        if (decoded.kind === 'decoded') expect(decodeCloudEvent(headersOf(decoded.event))).toEqual(decoded);
        else expect(decoded.refusal.detail).not.toBe('');
      }),
    );
  });
});

describe('an encoder for many events', () => {
  const common = { source: '/ledger', type: 'stock.events.v1', contentType: 'application/json' };
  const own = { id: '1', time: '2026-03-01T09:00:00.000Z', subject: 'stock-A' };

  it('writes what each of them would be written as', () => {
    const headersOfOne = cloudEventEncoder(common);
    for (const subject of ['stock-A', 'stock-\uFFFF', 'web:ä']) {
      const event = { ...common, ...own, subject, extensions: new Map<string, string>() };
      expect(headersOfOne({ ...own, subject })).toEqual(encodeCloudEvent(event));
    }
  });

  it('control: refuses what an attribute cannot hold, of all and of one', () => {
    expect(() => cloudEventEncoder({ ...common, contentType: 'json' })).toThrow('content-type must be a media type');
    const tooLong = 'x'.repeat(attributeCharsMax + 1);
    for (const subject of ['', 'a\u0000b', tooLong])
      expect(() => encodeCloudEvent({ ...common, ...own, subject, extensions: new Map() })).toThrow(TypeError);
    for (const subject of ['', 'a\u0000b', tooLong])
      expect(() => cloudEventEncoder(common)({ ...own, subject })).toThrow(TypeError);
  });
});
