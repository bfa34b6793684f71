import type { CodeMeaning } from './meaning.js';

/** What is wrong with messages that others send, and with what people do about them. */
export const messageCodes = {
  malformed_message: {
    status: 400,
    title: 'The message is not a CloudEvent of this topic',
    remedy: 'Send CloudEvents 1.0 in binary mode with the key that the contract of the topic names.',
  },
  unknown_partition: { status: 404, title: 'No such partition of the intake', remedy: 'See GET /v1/intake.' },
  partition_not_alarmed: {
    status: 409,
    title: 'The partition does not stand still',
    remedy: 'Leave it alone: a position moved under it would lose messages. See GET /v1/intake.',
  },
  unknown_dead_letter: { status: 404, title: 'No such dead letter', remedy: 'See GET /v1/dead-letters.' },
  dead_letter_settled: {
    status: 409,
    title: 'The dead letter was replayed or discarded before',
    remedy: 'Nothing is left to do: the answer says who did it, when and why.',
  },
} as const satisfies Record<string, CodeMeaning>;
