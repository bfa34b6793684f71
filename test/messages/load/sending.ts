import { setTimeout as wait } from 'node:timers/promises';
import { SendUnavailableError, type MessageSender, type OutgoingMessage } from '#messaging';
import type { Planned } from './plan.js';

const batchMessagesMax = 500;
const againMillis = 100;

/** Sends in the order given, a batch a topic at a time, each until the brokers have it. */
export const sendAll = async (sender: MessageSender, deliveries: readonly Planned[]): Promise<void> => {
  for (let first = 0; first < deliveries.length; first += batchMessagesMax) {
    const batch = deliveries.slice(first, first + batchMessagesMax);
    for (const topic of new Set(batch.map((one) => one.topic))) {
      const share = batch.filter((one) => one.topic === topic).map(({ message }) => message);
      await sendUntilStored(sender, topic, share);
    }
  }
};

/** What was perhaps stored is sent again: it comes once more, as everything here does. */
const sendUntilStored = async (
  sender: MessageSender,
  topic: string,
  messages: readonly OutgoingMessage[],
): Promise<void> => {
  for (;;) {
    try {
      return await sender.send(topic, messages);
    } catch (error) {
      if (!(error instanceof SendUnavailableError)) throw error;
      await wait(againMillis);
    }
  }
};
