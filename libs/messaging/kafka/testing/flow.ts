import { expect } from 'vitest';
import { SendUnavailableError } from '#messaging';
import { createKafkaSender } from '../src/index.js';
import { eventually, numbered } from './kafka-bench.js';

/** Somebody who sends without a pause. */
export type Flow = {
  /** How many of each key are acknowledged. */
  readonly acknowledged: () => number;
  /** Resolves when so much more is acknowledged than now. */
  readonly goesOn: (more: number) => Promise<void>;
  /** Ends it; answers how many of each key are acknowledged. */
  readonly end: () => Promise<number>;
};

export const flowOf = (run: (isOver: () => boolean, onAcknowledged: () => void) => Promise<void>): Flow => {
  let [isOver, acknowledged] = [false, 0];
  const running = run(
    () => isOver,
    () => void (acknowledged += 1),
  );
  return {
    acknowledged: () => acknowledged,
    goesOn: (more) => {
      const wanted = acknowledged + more;
      return eventually('more is acknowledged', () => acknowledged >= wanted);
    },
    end: async () => {
      isOver = true;
      await running;
      return acknowledged;
    },
  };
};

export const flowKeys = ['a', 'b', 'c', 'd', 'e', 'f'];
const pieceMessages = 5;

/** Sends pieces of messages of six keys, each numbered from 0; a piece that fails is sent again. */
export const sendThrough = (brokers: readonly string[], topic: string): Flow => {
  const sender = createKafkaSender({ brokers });
  let pieces = 0;
  return flowOf(async (isOver, onAcknowledged) => {
    while (!isOver()) {
      const messages = flowKeys.flatMap((key) => numbered(key, pieceMessages, pieces * pieceMessages));
      try {
        await sender.send(topic, messages);
        pieces++;
        for (let nth = 0; nth < pieceMessages; nth++) onAcknowledged();
      } catch (error) {
        expect(error).toBeInstanceOf(SendUnavailableError);
      }
    }
    await sender.close();
  });
};
