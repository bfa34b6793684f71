import asyncApiSpecs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { canonicalOf, genesisHash, uuidV8FromHash, type RecordedEvent } from '#event-sourcing';
import { decodeCloudEvent } from '#messaging';
import { problemCodes } from '#platform';
import type { Change } from '#read-model';
import { anyMetadata, plainDigest, sealAll } from '#testing';
import { receipt } from '../../libs/stock/testing/facts.js';
import { runAll } from '../../libs/stock/testing/run.js';
import { asyncApi, createAjv, schemas, validatorOf, type Message } from './contracts.js';

const messages = Object.entries(asyncApi.components.messages);
const schemaFileOf = ({ payload }: Message): string => payload.schema.$ref.replace('./schemas/', '');

const validateAsyncApi = (() => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(asyncApiSpecs.schemasWithoutId['3.0.0'] as object);
})();

describe('the AsyncAPI document', () => {
  it('is one of version 3', () => {
    validateAsyncApi(asyncApi);
    expect(validateAsyncApi.errors ?? []).toEqual([]);
  });

  it('control: a channel without messages of the right form is found', () => {
    expect(validateAsyncApi({ ...asyncApi, channels: { orders: { messages: 'all' } } })).toBe(false);
  });

  it('names the topics, each with its message, and an operation for each', () => {
    const topics = Object.values(asyncApi.channels).map(({ address }) => address);
    expect(topics.sort()).toEqual([
      'stock.availability.v1',
      'stock.events.v1',
      'stock.movements.dlq.v1',
      'stock.movements.v1',
      'stock.orders.dlq.v1',
      'stock.orders.v1',
    ]);
    const named = Object.values(asyncApi.channels).flatMap((channel) => Object.values(channel.messages));
    expect(named.map(({ $ref }) => $ref.replace('#/components/messages/', '')).sort()).toEqual(
      messages.map(([name]) => name).sort(),
    );
    expect(
      Object.values(asyncApi.operations)
        .map(({ channel }) => channel.$ref)
        .sort(),
    ).toEqual(
      Object.keys(asyncApi.channels)
        .map((name) => `#/channels/${name}`)
        .sort(),
    );
  });

  it('uses every schema there is', () => {
    const used = new Set(messages.map(([, message]) => schemaFileOf(message)));
    expect([...used].sort()).toEqual(Object.keys(schemas).sort());
  });
});

describe.each(messages)('the message %s', (_, message) => {
  const { headers, payload, name } = message.examples[0]!;

  it('has an example that is valid', () => {
    const validate = validatorOf(schemaFileOf(message));
    expect([validate(payload), validate.errors]).toEqual([true, null]);
    expect(createAjv().validate(message.headers, headers), name).toBe(true);
    expect(createAjv().validate(message.bindings.kafka.key, keyOf(payload))).toBe(true);
  });

  it('has the headers of a CloudEvent, and its type is its topic', () => {
    const decoded = decodeCloudEvent(new Map(Object.entries(headers)));
    const [channel] = Object.values(asyncApi.channels).filter((one) =>
      Object.values(one.messages).some(({ $ref }) => $ref.endsWith(`/${name}`)),
    );
    expect(decoded).toMatchObject({ kind: 'decoded', event: { type: channel?.address } });
  });

  it('control: without its type it is refused', () => {
    const { ce_type: _type, ...rest } = headers;
    expect(createAjv().validate(message.headers, rest)).toBe(false);
    expect(validatorOf(schemaFileOf(message))({})).toBe(false);
  });
});

/** A key as each message would have it. */
const keyOf = (payload: unknown): string => {
  const { sku, channel } = payload as { sku?: string; channel?: string };
  if (channel !== undefined) return `${channel}:${sku}`;
  return sku ?? 'web:100017';
};

describe.each(Object.entries(schemas))('the schema %s', (file, { $id, examples }) => {
  it('is known by the address where it is published', () => expect($id).toBe(`/docs/events/schemas/${file}`));

  it('takes its examples', () => {
    const validate = validatorOf(file);
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter((example) => !validate(example))).toEqual([]);
  });
});

describe('what the ledger sends', () => {
  it('is what the schema of availability says', () => {
    const change: Change = {
      sequence: 1_772_357_400_000_123,
      sku: 'A',
      channel: 'web',
      atp: 0,
      shown: 0,
      held: 0,
      state: 'out_of_stock',
      position: '00000000000000000001',
      announcedAt: '2026-03-01T09:00:00.000Z',
    };
    const validate = validatorOf('availability.v1.json');
    expect(validate(change)).toBe(true);
    expect(validate({ ...change, heldByListing: { '42:7': 1 } })).toBe(true);
    expect(validate({ ...change, heldByListing: { '42:7': 0 } })).toBe(false);
    for (const member of Object.keys(change)) {
      expect(validate(Object.fromEntries(Object.entries(change).filter(([name]) => name !== member))), member).toBe(
        false,
      );
    }
  });

  it('is what the schema of events says, whose example is a real one with its real hash', () => {
    const { events } = runAll(receipt(3, { sourceKey: 'delivery-4711/1' }));
    const sealed = sealAll('stock-TSHIRT-BLUE-M', events, undefined, anyMetadata());
    const validate = validatorOf('event.v1.json');
    for (const { canonical: _canonical, ...event } of sealed) {
      expect(validate({ ...event, position: '00000000000000000001' })).toBe(true);
      expect(validate(event), 'without a position').toBe(false);
    }
    const example = schemas['event.v1.json']?.examples[0] as RecordedEvent;
    const hash = plainDigest.chain(genesisHash, canonicalOf(example));
    expect([example.hash, example.eventId]).toEqual([hash, uuidV8FromHash(hash)]);
    expect(Object.keys(example.data).sort()).toEqual(Object.keys(events[0]!.data).sort());
  });

  it('in a dead letter: a code of the table of problems is one', () => {
    const validate = validatorOf('dead-letter.v1.json');
    const example = schemas['dead-letter.v1.json']?.examples[0] as { reason: object; message: object };
    for (const code of Object.keys(problemCodes)) {
      expect(validate({ ...example, reason: { ...example.reason, code } }), code).toBe(true);
    }
    const none = { ...example, message: { key: null, headers: [], value: null } };
    expect([validate(none), validate({ ...none, message: { ...none.message, value: 'not base64' } })]).toEqual([
      true,
      false,
    ]);
  });
});
