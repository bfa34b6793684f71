import { describe, expect, it } from 'vitest';
import { readEnvelope } from './read-envelope.js';
import { intakeTopics } from './topics.js';

const topic = intakeTopics.movements;
const correlationIdOf = (id: string): string => {
  const headers = new Map([
    ...[['ce_specversion', '1.0'] as const, ['ce_id', id] as const, ['ce_source', 'wms'] as const],
    ...[['ce_type', topic] as const],
  ]);
  const message = { offset: 0, key: undefined, headers, value: Buffer.from('{}') };
  return readEnvelope(topic, message).asker.correlationId;
};

describe('the correlation id of a message', () => {
  it('is its id, shortened', () => {
    expect(correlationIdOf('m-1')).toBe('m-1');
    expect(correlationIdOf('m'.repeat(70))).toBe('m'.repeat(64));
  });

  it('is never cut within a character', () => {
    const pair = '\u{1f600}';
    expect(correlationIdOf('m'.repeat(63) + pair)).toBe('m'.repeat(63));
    expect(correlationIdOf('m'.repeat(62) + pair + 'm')).toBe('m'.repeat(62) + pair);
  });
});
