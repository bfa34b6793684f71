import { Server, ServerCredentials } from '@grpc/grpc-js';
import { batchAppendHandler } from '../grpc/batch-append.js';
import { appendHandler } from '../grpc/append.js';
import { featuresHandler } from '../grpc/features.js';
import { gossipHandler } from '../grpc/gossip.js';
import { featuresService, gossipService, streamsService } from '../grpc/messages.js';
import { readHandler } from '../grpc/read.js';
import { deleteHandler, tombstoneHandler } from '../grpc/remove.js';
import type { EventLog } from '../log/event-log.js';
import type { Certificate } from '../tls/certificate.js';
import type { User } from '../types.js';
import { createFaultState, type FaultState } from './fault-state.js';
import { obey, type FaultCommand } from './faults.js';
import { openFront } from './front.js';
import type { Meter, Node } from './node.js';
import { createUsers } from './users.js';

export const host = '127.0.0.1';

export type ServeSettings = {
  readonly log: EventLog;
  readonly port: number;
  readonly certificate: Certificate | undefined;
  readonly users: readonly User[];
};

export type RunningNode = {
  readonly port: number;
  /** Gives back how many faults are due, or what was asked for. */
  readonly command: (command: FaultCommand) => number;
  /** At once: nothing more is answered. What was answered is in the log. */
  readonly end: () => Promise<void>;
};

/** Requests may be as large as the largest record of the log. */
const requestBytesMax = 16 * 1_024 * 1_024;

/** A node on a log, listening. */
export const serve = async ({ log, port, certificate, users }: ServeSettings): Promise<RunningNode> => {
  const faults = createFaultState();
  const meter: Meter = { reads: 0, given: 0, appends: 0 };
  let isRunning = true;
  const server = new Server({ 'grpc.max_receive_message_length': requestBytesMax });
  addServices(server, {
    log,
    faults,
    meter,
    users: createUsers(certificate !== undefined, users),
    isRunning: () => isRunning,
    self: () => ({ host, port: front.port }),
    cutConnections: () => front.reset(),
  });
  const front = await openFront(host, port, await bind(server, certificate));
  return {
    port: front.port,
    command: (command) => {
      obey(command, faults, front, { host, port: front.port });
      return numberFor(command, faults, meter);
    },
    end: async () => {
      isRunning = false;
      await front.close();
      server.forceShutdown();
    },
  };
};

const numberFor = ({ kind }: FaultCommand, faults: FaultState, meter: Meter): number => {
  if (kind === 'count_reads') return meter.reads;
  if (kind === 'count_given') return meter.given;
  return kind === 'count_appends' ? meter.appends : faults.due();
};

const addServices = (server: Server, node: Node): void => {
  server.addService(streamsService.StreamsService, {
    append: appendHandler(node),
    batchAppend: batchAppendHandler(node),
    read: readHandler(node),
    delete: deleteHandler(node),
    tombstone: tombstoneHandler(node),
  });
  server.addService(gossipService.GossipService, { read: gossipHandler(node) });
  server.addService(featuresService.ServerFeaturesService, { getSupportedMethods: featuresHandler });
};

const bind = (server: Server, certificate: Certificate | undefined): Promise<number> =>
  new Promise((resolve, reject) => {
    const credentials =
      certificate === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [
            { private_key: Buffer.from(certificate.key), cert_chain: Buffer.from(certificate.certificate) },
          ]);
    server.bindAsync(`${host}:0`, credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
