import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '#event-sourcing';
import { UnfitTopicError } from '#messaging/kafka';
import { ConfigError } from '#platform';
import { explain } from './explain.js';

describe('why a process cannot start', () => {
  it.each([
    ['a setting', new ConfigError('PORT must be a number'), 'PORT must be a number'],
    ['a compacted topic', new UnfitTopicError('t cannot be an intake'), 't cannot be an intake'],
    [
      'a store that is away',
      new StoreUnavailableError('no node answers'),
      'What keeps the events does not answer (no node answers). Bring it back, or mend its address, and start again.',
    ],
    [
      'a port that is taken',
      Object.assign(new Error('listen'), { code: 'EADDRINUSE' }),
      'The port is in use: set PORT to another one.',
    ],
    ['no error at all', 'just so', 'just so'],
  ])('is told in a sentence: %s', (_, error, sentence) => {
    expect(explain(error)).toBe(sentence);
  });

  it('control: our own faults come with their stack', () => {
    expect(explain(new TypeError('undefined is not a function'))).toMatch(/\n\s+at /u);
  });
});
