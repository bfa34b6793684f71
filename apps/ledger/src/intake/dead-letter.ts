import type { Instant } from '#event-sourcing';
import { encodeCloudEvent, type IncomingMessage, type Offset, type OutgoingMessage } from '#messaging';
import type { Problem } from '#platform';

/** A message that could not be taken in, where it stood and why. */
export type DeadLetter = {
  readonly topic: string;
  readonly partition: number;
  readonly message: IncomingMessage;
  readonly problem: Problem;
  readonly parkedAt: Instant;
};

export type DeadLetterId = { readonly topic: string; readonly partition: number; readonly offset: Offset };
export const deadLetterId = ({ topic, partition, offset }: DeadLetterId): string => `${topic}:${partition}:${offset}`;

const base64 = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : Buffer.from(bytes).toString('base64');

/**
 * As a CloudEvent for the dead letter topic. Key, headers and value are those that came, byte for byte, in base64: what is
 * wrong with them may be that they are no text.
 */
export const deadLetterMessage = ({ topic, partition, message, problem, parkedAt }: DeadLetter): OutgoingMessage => {
  const id = deadLetterId({ topic, partition, offset: message.offset });
  return {
    key: id,
    headers: encodeCloudEvent({
      ...{ id, source: '/stock-ledger', type: 'stock.message.parked.v1', time: parkedAt },
      ...{ contentType: 'application/json', extensions: new Map() },
    }),
    value: JSON.stringify({
      ...{ topic, partition, offset: message.offset, at: parkedAt },
      ...{ code: problem.code, detail: problem.detail ?? problem.title },
      ...(problem.field !== undefined && { field: problem.field }),
      key: base64(message.key),
      headers: Object.fromEntries([...message.headers].map(([name, value]) => [name, value])),
      value: base64(message.value),
    }),
  };
};
