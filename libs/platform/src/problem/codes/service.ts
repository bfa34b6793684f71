import type { CodeMeaning } from './meaning.js';

/** The service itself. */
export const serviceCodes = {
  busy: {
    status: 429,
    title: 'The queues are full',
    remedy: 'Retry after the stated time, with the same Idempotency-Key.',
    retryable: true,
  },
  command_too_large: {
    status: 413,
    title: 'What follows from it is more than the store takes at once',
    remedy:
      'Nothing was stored. Send less at once; an order cannot be split: use shorter keys, or raise what the event store takes.',
  },
  deadline_exceeded: {
    status: 503,
    title: 'Not decided in time',
    remedy: 'Nothing was stored; retry.',
    retryable: true,
  },
  unavailable: {
    status: 503,
    title: 'The store cannot be reached',
    remedy: 'Nothing was stored; retry after the stated time. It recovers by itself.',
    retryable: true,
  },
  outcome_unknown: {
    status: 503,
    title: 'Nobody knows whether it was stored',
    remedy: 'Retry with the same Idempotency-Key (facts: the same sourceKey and sourceVersion); it counts once.',
    retryable: true,
  },
  stopping: {
    status: 503,
    title: 'The service is stopping',
    remedy: 'Retry; another instance or the next start answers.',
    retryable: true,
  },
  not_ready: { status: 503, title: 'Not ready', remedy: 'Read the checks; wait.', retryable: true },
  internal: { status: 500, title: 'A fault of the service', remedy: 'Report it with the request id.' },
} as const satisfies Record<string, CodeMeaning>;
