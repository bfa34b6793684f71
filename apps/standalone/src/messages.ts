import type { Logger } from '#platform';
import type { MessageConsumer, MessageSender, PositionStore } from '#messaging';
import { createPostgresMessaging } from '#messaging/postgres';
import { postgresDeadLetters, startIntake, type Intake } from '#apps/ledger';
import type { Services } from './services.js';

/** A transport of messages. */
type Messaging = {
  readonly sender: MessageSender;
  readonly consumer: MessageConsumer;
  readonly positions: PositionStore;
  readonly close: () => Promise<void>;
};

/** What runs on messages: stops before what it calls. */
export type Messages = { readonly intake: Intake; readonly stop: () => Promise<void> };

/** Begins to take in what others send. */
export const startMessages = async (services: Services, logger: Logger): Promise<Messages> => {
  const { ledger, pool } = services;
  const trouble = (what: string) => (error: unknown) => logger.warn(`Trouble with ${what}`, { error });
  const messaging = openMessaging(services, trouble('messages'));
  const intake = await startIntake({
    ...{ ledger, clock: ledger.clock, random: Math.random, deadLetters: postgresDeadLetters(pool) },
    ...{ consumer: messaging.consumer, sender: messaging.sender, positions: messaging.positions },
    onAlarm: (alarm) => logger.error('The intake of a partition stands still', { alarm }),
    onGoingOn: (topic, partition, next, person) =>
      logger.warn('The intake of a partition goes on where a person said', { topic, partition, next, ...person }),
    onTrouble: trouble('the intake'),
  });
  return {
    intake,
    stop: async () => {
      await intake.stop();
      await messaging.close();
    },
  };
};

/** In the database that is there anyway. */
const openMessaging = ({ ledger, serviceUrl }: Services, onTrouble: (error: unknown) => void): Messaging =>
  createPostgresMessaging({ url: serviceUrl, clock: ledger.clock, applicationName: 'messages', onTrouble });
