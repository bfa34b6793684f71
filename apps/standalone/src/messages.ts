import { startRelays, type Relays } from '#apps/availability';
import { postgresDeadLetters, startIntake, type Intake } from '#apps/ledger';
import type { Config, Logger } from '#platform';
import { openMessaging, type Messaging } from './messaging.js';
import { watchReadSide } from './read-side-lag.js';
import type { Services } from './services.js';
import { troubleWith } from './trouble.js';

/** What runs on messages: stops before what it calls. */
export type Messages = { readonly intake: Intake; readonly stop: () => Promise<void> };

/** Begins to take in what others send, and to tell others what happens, where there is anybody to hear it. */
export const startMessages = async (services: Services, config: Config, logger: Logger): Promise<Messages> => {
  const messaging = openMessaging(services, config, logger);
  const stopping = new AbortController();
  const readSide = watchReadSide(services.store, services.availability, stopping.signal);
  const intake = await intakeOf(services, messaging, readSide.isBehind, logger);
  const relays = messaging.isShared ? relaysOf(services, messaging, logger) : undefined;
  return {
    intake,
    stop: async () => {
      stopping.abort();
      await Promise.all([intake.stop(), relays?.stop(), readSide.stopped]);
      await messaging.close();
    },
  };
};

const intakeOf = (
  { ledger, pool }: Services,
  messaging: Messaging,
  isReadSideBehind: () => boolean,
  logger: Logger,
): Promise<Intake> =>
  startIntake({
    ...{ ledger, clock: ledger.clock, random: Math.random, deadLetters: postgresDeadLetters(pool) },
    ...{ consumer: messaging.consumer, sender: messaging.sender, positions: messaging.positions },
    isReadSideBehind,
    onAlarm: (alarm) => logger.error('The intake of a partition stands still', { alarm }),
    onGoingOn: (topic, partition, next, person) =>
      logger.warn('The intake of a partition goes on where a person said', { topic, partition, next, ...person }),
    onTrouble: troubleWith(logger, 'the intake'),
  });

const relaysOf = (services: Services, { sender }: Messaging, logger: Logger): Relays => {
  const { availability, store, pool, serviceUrl, ledger } = services;
  return startRelays({
    ...{ queries: availability.queries, store, sender, pool, url: serviceUrl },
    ...{ clock: ledger.clock, random: Math.random },
    onTrouble: (what, error) => troubleWith(logger, what)(error),
  });
};
