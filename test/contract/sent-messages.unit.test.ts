import { describe, expect, it } from 'vitest';
import { deadLetterMessage } from '../../apps/ledger/src/intake/dead-letter.js';
import { availabilityMessage, eventMessage, relayTopics } from '../../apps/availability/src/relays/messages.js';
import { deadLetterTopicOf, intakeTopics } from '#apps/ledger';
import type { OutgoingMessage } from '#messaging';
import { problemOf } from '#platform';
import type { Change } from '#read-model';
import { anyMetadata, sealAll } from '#testing';
import { receipt } from '../../libs/stock/testing/facts.js';
import { runAll } from '../../libs/stock/testing/run.js';
import { orderMessage, receiptMessage } from '../intake/messages.js';
import { asyncApi, createAjv, validatorOf, type Message } from './contracts.js';

/* Messages as they go out, and as our tests send them in, are what the contracts of their topics say. */

const contractOf = (topic: string): Message => {
  const channel = Object.values(asyncApi.channels).find(({ address }) => address === topic);
  const name =
    Object.values(channel?.messages ?? {})[0]
      ?.$ref.split('/')
      .at(-1) ?? '';
  const message = asyncApi.components.messages[name];
  if (!message) throw new Error(`no contract of ${topic}`);
  return message;
};

/** What is wrong with a message by the contract of its topic. */
const faultsOf = (topic: string, { key, headers, value }: OutgoingMessage): readonly string[] => {
  const contract = contractOf(topic);
  const ajv = createAjv();
  const payload = validatorOf(contract.payload.schema.$ref.replace('./schemas/', ''));
  return [
    ...(ajv.validate(contract.bindings.kafka.key, key) ? [] : [`key: ${ajv.errorsText()}`]),
    ...(ajv.validate(contract.headers, headers) ? [] : [`headers: ${ajv.errorsText()}`]),
    ...(payload(JSON.parse(value ?? 'null')) ? [] : [`value: ${ajv.errorsText(payload.errors)}`]),
  ];
};

const change: Change = {
  ...{ sequence: 1_772_357_400_000_123, sku: 'Größe: 42', channel: 'web', atp: 0, shown: 0, held: 3 },
  heldByListing: { '42:7': 2 },
  ...{ state: 'out_of_stock', position: '00000000000000000001', announcedAt: '2026-03-01T09:00:00.000Z' },
};

const eventSent = (): OutgoingMessage => {
  const [sealed] = sealAll('stock-A/1:é', runAll(receipt(3)).events, undefined, anyMetadata());
  return eventMessage({ ...sealed!, position: '00000000000000000001' });
};

const letterOf = (topic: string): OutgoingMessage =>
  deadLetterMessage({
    ...{ topic, partition: 2, parkedAt: '2026-03-01T09:00:00.000Z' },
    message: { offset: 7, key: Buffer.from([0xff]), headers: new Map([['\0', '__proto__']]), value: undefined },
    problem: problemOf('unknown_field', { field: '\0', detail: 'is not a field' }),
  });

describe('what goes out is what its contract says:', () => {
  const sent: readonly (readonly [topic: string, message: OutgoingMessage])[] = [
    [relayTopics.availability, availabilityMessage(change)],
    [relayTopics.events, eventSent()],
    [intakeTopics.orders, orderMessage('1:2', 1, [{ line: '1', sku: 'A', ordered: 1 }])],
    [intakeTopics.movements, receiptMessage('A', 1, 'd1')],
    ...Object.values(intakeTopics).map((topic) => [deadLetterTopicOf(topic), letterOf(topic)] as const),
  ];
  it.each(sent)('%s', (topic, message) => {
    expect(faultsOf(topic, message)).toEqual([]);
  });

  it('control: another value, header or key is found', () => {
    const sent = availabilityMessage(change);
    const broken = { key: 'web', headers: { ...sent.headers, ce_type: 'other' }, value: '{}' };
    expect(faultsOf(relayTopics.availability, broken)).toHaveLength(3);
  });
});
