import { startRelays, type Relays } from '#apps/availability';
import { postgresAlarms, postgresDeadLetters, startIntake, type Intake } from '#apps/ledger';
import type { Config, Logger } from '#platform';
import type { ChannelSide, ConnectorKinds } from '#apps/channels';
import { openChannelSide } from './channels.js';
import type { Base } from './base.js';
import { endWithin } from './end-within.js';
import { openMessaging, type Messaging } from './messaging.js';
import { watchReadSide } from './read-side-lag.js';
import type { ReadSide } from './read-side.js';
import type { Sides } from './services.js';
import { troubleWith } from './trouble.js';
import type { WriteSide } from './write-side.js';

/** What runs on messages: stops before what it calls. The intake is the write side's. */
export type Messages = {
  readonly intake: Intake | undefined;
  /** The shops, where this process runs them. */
  readonly channels: ChannelSide | undefined;
  readonly stop: () => Promise<void>;
};

/** What a process may have that this release has not. */
export type Extras = {
  /** Systems that channels may be of; those of this release when left out. */
  readonly kinds?: ConnectorKinds;
};

/**
 * Begins to take in what others send, where the write side is, and to tell others what happens, where the read side is and
 * there is anybody to hear it.
 */
export const startMessages = async (
  sides: Sides,
  config: Config,
  logger: Logger,
  extras: Extras = {},
): Promise<Messages> => {
  const { write, read } = sides;
  const messaging = openMessaging(sides, config, logger);
  const stopping = new AbortController();
  const lag = read && watchReadSide(sides.store, read.availability, stopping.signal);
  const intake = write && (await intakeOf(sides, write, { messaging, isReadSideBehind: lag?.isBehind }, logger));
  const relays = read && messaging.isShared ? relaysOf(sides, read, messaging, logger) : undefined;
  const channels =
    write && read && (await openChannelSide(sides, { write, read, messaging, config, ...extras }, logger));
  const end = async (): Promise<void> => {
    await channels?.stop();
    await Promise.all([intake?.stop(), relays?.stop(), lag?.stopped]);
    await messaging.close();
  };
  return {
    ...{ intake, channels },
    stop: async () => {
      stopping.abort();
      await endWithin(stopMillisMax, end(), () =>
        logger.warn('Messages have not ended in time: a broker is silent. What was under way comes again'),
      );
    },
  };
};

/**
 * A send to a silent broker ends after about a minute. It is left behind: its relay's cursor stands before it, and messages
 * that are not handled come again.
 */
const stopMillisMax = 10_000;

/** Without a read side in this process nobody here knows whether it keeps up. */
type Surroundings = {
  readonly messaging: Messaging;
  readonly isReadSideBehind: (() => boolean) | undefined;
};

const intakeOf = (
  { clock, pool }: Base,
  { ledger }: WriteSide,
  { messaging, isReadSideBehind }: Surroundings,
  logger: Logger,
): Promise<Intake> =>
  startIntake({
    ...{ ledger, clock, random: Math.random },
    ...{ deadLetters: postgresDeadLetters(pool), alarms: postgresAlarms(pool) },
    ...{ consumer: messaging.consumer, sender: messaging.sender, positions: messaging.positions },
    ...(isReadSideBehind && { isReadSideBehind }),
    onAlarm: (alarm) => logger.error('The intake of a partition stands still', { alarm }),
    onGoingOn: (topic, partition, next, person) =>
      logger.warn('The intake of a partition goes on where a person said', { topic, partition, next, ...person }),
    onTrouble: troubleWith(logger, 'the intake'),
  });

const relaysOf = (sides: Sides, { availability }: ReadSide, { sender }: Messaging, logger: Logger): Relays => {
  const { store, pool, serviceUrl, clock, toldCheck } = sides;
  return startRelays({
    ...{ queries: availability.queries, store, sender, pool, url: serviceUrl },
    ...{ clock, random: Math.random },
    ...(toldCheck && { mayTell: toldCheck.mayTell }),
    onTrouble: (what, error) => troubleWith(logger, what)(error),
  });
};
