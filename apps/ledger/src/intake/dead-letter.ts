import type { Instant } from '#event-sourcing';
import { encodeCloudEvent, type IncomingMessage, type OutgoingMessage } from '#messaging';
import type { Problem } from '#platform';
import { deadLetterTopicOf } from './topics.js';

/** A message that could not be taken in, where it stood and why. */
export type DeadLetter = {
  readonly topic: string;
  readonly partition: number;
  readonly message: IncomingMessage;
  readonly problem: Problem;
  readonly parkedAt: Instant;
};

/**
 * As a CloudEvent for the dead letter topic; contract: libs/messaging/contracts. Key and value are those that came, byte for
 * byte, in base64: what is wrong with them may be that they are no text.
 */
export const deadLetterMessage = ({ topic, partition, message, problem, parkedAt }: DeadLetter): OutgoingMessage => {
  const { offset, key, headers, value } = message;
  const place = `${topic}/${partition}/${offset}`;
  return {
    key: key === undefined ? '' : Buffer.from(key).toString(),
    headers: encodeCloudEvent({
      ...{ id: place, source: '/ledger', type: deadLetterTopicOf(topic), subject: place, time: parkedAt },
      ...{ contentType: 'application/json', extensions: noExtensions },
    }),
    value: JSON.stringify({
      reason: reasonOf(problem),
      origin: { topic, partition, offset },
      at: parkedAt,
      message: {
        key: base64(key),
        headers: [...headers].map(([name, text]) => ({ name, value: text })),
        value: base64(value),
      },
    }),
  };
};

const noExtensions: ReadonlyMap<string, string> = new Map();

const reasonOf = ({ code, detail, title, field }: Problem): Readonly<Record<string, string>> => ({
  code,
  detail: detail ?? title,
  ...(field !== undefined && { field }),
});

const base64 = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : Buffer.from(bytes).toString('base64');
