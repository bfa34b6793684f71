import assert from 'node:assert/strict';
import type { MessageConsumer, MessageSender, OutgoingMessage, PositionStore } from '#messaging';

/** What a foreign writer may put into a topic: any bytes. Headers may repeat a name. */
export type ForeignMessage = {
  readonly key: Uint8Array | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly value: Uint8Array | undefined;
};

/** What a transport can be made to do from outside, where it can. */
export type TransportHands = {
  readonly write?: (topic: string, message: ForeignMessage) => Promise<void>;
  /** What retention does: everything below an offset of partition 0 is gone. */
  readonly trim?: (topic: string, below: number) => Promise<void>;
  /** Deletes the topic and makes it anew, empty, with one partition. */
  readonly remake?: (topic: string) => Promise<void>;
};

/**
 * What a check of the contract works on: a transport that may hold other topics already. Senders, consumers and position
 * stores are at least one; further ones are other instances (other processes), the same ones where there are none.
 */
export type MessagingScene = {
  readonly senders: readonly [MessageSender, MessageSender];
  readonly consumers: readonly [MessageConsumer, MessageConsumer];
  readonly positions: readonly [PositionStore, PositionStore];
  /** Makes a topic that nobody else uses and answers its name. */
  readonly makeTopic: (partitions?: number) => Promise<string>;
  /** A name that nobody else uses: of a group, of a topic that does not exist. */
  readonly newName: (what: string) => string;
  readonly hands: TransportHands;
  /** A value of so many bytes is refused. */
  readonly valueBytesTooMany: number;
  /** How long what is stored may take to arrive. */
  readonly deliveryMillisMax: number;
};

/** One promise of the ports. Resolves when the adapter keeps it; rejects with what is wrong. */
export type MessagingCheck = (scene: MessagingScene) => Promise<void>;

export const manyPartitions = 4;

export const numbered = (key: string, count: number, from = 0): readonly OutgoingMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    key,
    headers: { 'content-type': 'text/plain' },
    value: `${key} ${from + index}`,
  }));

export const valuesOf = (messages: readonly OutgoingMessage[]): readonly string[] =>
  messages.map(({ value }) => value ?? 'tombstone');

/** Waits for a condition, asked again and again. */
export const eventually = async (
  { deliveryMillisMax }: Pick<MessagingScene, 'deliveryMillisMax'>,
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
): Promise<void> => {
  const deadline = performance.now() + deliveryMillisMax;
  while (!(await condition())) {
    if (performance.now() > deadline) assert.fail(typeof what === 'string' ? what : what());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export const rejectionOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Closed until somebody opens it. */
export type Door = { readonly opened: Promise<void>; readonly open: () => void };

export const door = (): Door => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
};
