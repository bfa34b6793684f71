import { Channel, connectivityState, Metadata } from '@grpc/grpc-js';
import discovery from '@eventstore/db-client/dist/Client/discovery.js';
import type { EndPoint } from '@eventstore/db-client';
import { StoreUnavailableError } from '#event-sourcing';
import { connectMsMax, gossipSecondsMax, receivedBytesMax } from '../bounds.js';
import { failureOf, messageOf, readErrorOf } from './failures.js';
import { ServerFeaturesClient, shared, StreamsClient, type StreamsCaller } from './protocol.js';
import type { Settings } from './settings.js';

/** The way to the server, found anew when it is lost. */
export type Connection = {
  /**
   * Where calls may be sent: a server that has answered, over a connection that stands.
   * @throws StoreUnavailableError, StoreAccessDeniedError: nothing was sent
   */
  readonly caller: () => Promise<StreamsCaller>;
  /** The headers of every call. */
  readonly headers: () => Metadata;
  /** A call failed in a way that another server, or another connection to this one, may mend. Calls under way go on. */
  readonly leave: (caller: StreamsCaller, error?: unknown) => void;
  readonly close: () => void;
};

export const createConnection = (settings: Settings): Connection => {
  let opening: Promise<StreamsCaller> | undefined;
  let standing: StreamsCaller | undefined;
  let isClosed = false;
  let hint: Hint = {};
  const leave: Connection['leave'] = (caller, error) => {
    if (caller !== standing) return;
    standing = undefined;
    hint = hintOf(caller, error);
    caller.close();
  };
  const open = async (): Promise<StreamsCaller> => {
    const followed = hint;
    hint = {};
    const caller = await openCaller(settings, followed);
    if (isClosed) caller.close();
    standing = caller;
    return caller;
  };
  return {
    caller: async () => {
      if (isClosed) throw new StoreUnavailableError('the event store is closed');
      if (standing !== undefined && isReady(standing)) return standing;
      if (standing !== undefined) leave(standing);
      return (opening ??= open().finally(() => (opening = undefined)));
    },
    headers: () => headersOf(settings),
    leave,
    close: () => {
      isClosed = true;
      standing?.close();
    },
  };
};

/** What the last server left behind: who leads instead, and whom to ask last. */
type Hint = { readonly leader?: EndPoint; readonly failed?: EndPoint };

const hintOf = (caller: StreamsCaller, error: unknown): Hint => {
  const failure = failureOf(error);
  if (failure.kind === 'not_leader' && failure.leader !== undefined) return { leader: failure.leader };
  const [, address = '', port = ''] = /([^:/]+):(\d+)$/.exec(caller.getChannel().getTarget()) ?? [];
  return { failed: { address, port: Number(port) } };
};

const isReady = (caller: StreamsCaller): boolean =>
  caller.getChannel().getConnectivityState(false) === connectivityState.READY;

const headersOf = ({ authorization }: Settings): Metadata => {
  const headers = new Metadata();
  headers.set('requires-leader', 'true');
  if (authorization !== undefined) headers.set('authorization', authorization);
  return headers;
};

/** Opens a channel and asks a question that changes nothing: only a server that answers is worth an append. */
const openCaller = async (settings: Settings, hint: Hint): Promise<StreamsCaller> => {
  const { address, port } = await withDeadline(endpointOf(settings, hint)).catch((error: unknown) => {
    throw new StoreUnavailableError(messageOf(error), { cause: error });
  });
  const channel = new Channel(`${address}:${port}`, settings.channelCredentials, channelOptions(settings));
  const options = { channelOverride: channel };
  try {
    await greet(new ServerFeaturesClient('', settings.channelCredentials, options), headersOf(settings));
  } catch (error) {
    channel.close();
    throw readErrorOf(error);
  }
  return new StreamsClient('', settings.channelCredentials, options);
};

const channelOptions = ({ keepAlive }: Settings) => ({
  'grpc.keepalive_time_ms': keepAlive.intervalMs,
  'grpc.keepalive_timeout_ms': keepAlive.timeoutMs,
  'grpc.max_receive_message_length': receivedBytesMax,
  // A channel that replaces a silent one must not be given the silent one's connection.
  'grpc.use_local_subchannel_pool': 1,
});

const endpointOf = async (
  { discovers, hosts, options, channelCredentials }: Settings,
  hint: Hint,
): Promise<EndPoint> => {
  const [first] = hosts;
  if (first === undefined) throw new Error('the connection string names no host');
  if (hint.leader !== undefined) return hint.leader;
  if (!discovers) return first;
  const search = { nodePreference: 'leader' as const, gossipTimeout: gossipSecondsMax, ...options };
  const where = options.dnsDiscover ? { ...search, discover: first } : { ...search, endpoints: [...hosts] };
  return discovery.discoverEndpoint(where, channelCredentials, hint.failed);
};

const greet = (client: InstanceType<typeof ServerFeaturesClient>, headers: Metadata): Promise<void> =>
  new Promise((resolve, reject) => {
    const deadline = Date.now() + connectMsMax;
    client.getSupportedMethods(new shared.Empty(), headers, { deadline }, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });

/** The search for a leader has no end of its own that is short enough. */
const withDeadline = async <Result>(work: Promise<Result>): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no leader was found in ${connectMsMax} ms`)), connectMsMax);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
