import {
  createTurns,
  MessageRefusedError,
  type MessageSender,
  type MessagingCapabilities,
  type OutgoingMessage,
  SendUnavailableError,
  type WakeUp,
} from '#messaging';
import { byteaArray, type DedicatedConnection, isUnavailable, prepared, textArray } from '#postgres';
import { messageBytesMax, statementBytesMax, statementMessagesMax } from './bounds.js';
import { sql } from './statements.js';

export const capabilities: MessagingCapabilities = {
  name: 'postgres',
  partitions: false,
  compacts: false,
  topicsMustExist: false,
};

/** @param sent is told when messages can be read */
export const createSender = (connection: DedicatedConnection, sent: WakeUp): MessageSender => {
  const turns = createTurns();
  const sendPieces = async (topic: string, pieces: readonly (readonly Encoded[])[]): Promise<void> => {
    for (const piece of pieces) {
      await connection.query(prepared(sql.send, parametersOf(topic, piece))).catch(rethrow);
      sent.notify();
    }
  };
  return {
    capabilities,
    send: async (topic, messages) => {
      const pieces = piecesOf(messages.map(encode));
      await turns.take(topic, () => sendPieces(topic, pieces));
    },
    close: turns.ended,
  };
};

type Encoded = {
  readonly key: Buffer;
  readonly headers: string;
  readonly value: Buffer | undefined;
  readonly bytes: number;
};

/** @throws MessageRefusedError */
const encode = ({ key, headers, value }: OutgoingMessage, index: number): Encoded => {
  const encoded = {
    key: Buffer.from(key),
    headers: JSON.stringify(Object.entries(headers)),
    value: value === null ? undefined : Buffer.from(value),
  };
  const bytes = encoded.key.length + Buffer.byteLength(encoded.headers) + (encoded.value?.length ?? 0);
  if (bytes <= messageBytesMax) return { ...encoded, bytes };
  throw new MessageRefusedError(`A message of ${bytes} bytes: ${messageBytesMax} at most`, { index });
};

const piecesOf = (messages: readonly Encoded[]): readonly (readonly Encoded[])[] => {
  const pieces: Encoded[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const piece = pieces.at(-1);
    bytes += message.bytes;
    if (piece !== undefined && piece.length < statementMessagesMax && bytes <= statementBytesMax) {
      piece.push(message);
      continue;
    }
    pieces.push([message]);
    bytes = message.bytes;
  }
  return pieces;
};

const parametersOf = (topic: string, messages: readonly Encoded[]): unknown[] => [
  topic,
  byteaArray(messages.map(({ key }) => key)),
  textArray(messages.map(({ headers }) => headers)),
  byteaArray(messages.map(({ value }) => value)),
];

/** Whether a lost statement took place nobody knows. What the server rejects is our own bug, and passes as it is. */
const rethrow = (error: unknown): never => {
  if (!isUnavailable(error)) throw error;
  throw new SendUnavailableError(error instanceof Error ? error.message : String(error), { cause: error });
};
