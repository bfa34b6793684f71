import { readFileSync } from 'node:fs';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import type { EndPoint } from '@eventstore/db-client';
import connectionStrings, { type ConnectionOptions } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { keepAliveIntervalMs, keepAliveTimeoutMs } from '../bounds.js';

/** What a connection string says, in the words of gRPC. */
export type Settings = {
  readonly hosts: readonly EndPoint[];
  /** The hosts are asked which of them is the leader; a single one is taken as it is. */
  readonly discovers: boolean;
  readonly options: ConnectionOptions;
  readonly channelCredentials: ChannelCredentials;
  /** The header that names us. Only over TLS: a server without it asks nobody who he is. */
  readonly authorization: string | undefined;
  readonly keepAlive: { readonly intervalMs: number; readonly timeoutMs: number };
};

/**
 * Reads `esdb://user:password@host:2113?tls=true&tlsCAFile=...` and its kin, as the vendor's client does.
 * @throws Error when it is none, or names a file that is not there
 */
export const settingsOf = (url: string): Settings => {
  const options = connectionStrings.parseConnectionString(url);
  const isSecure = options.tls !== false;
  return {
    hosts: options.hosts,
    discovers: options.dnsDiscover || options.hosts.length > 1,
    options,
    channelCredentials: isSecure ? secureCredentials(options) : credentials.createInsecure(),
    authorization: isSecure ? authorizationOf(options) : undefined,
    keepAlive: {
      intervalMs: millisOf(options.keepAliveInterval, keepAliveIntervalMs),
      timeoutMs: millisOf(options.keepAliveTimeout, keepAliveTimeoutMs),
    },
  };
};

const secureCredentials = ({ tlsCAFile, userCertFile, userKeyFile }: ConnectionOptions): ChannelCredentials =>
  credentials.createSsl(fileOf(tlsCAFile), fileOf(userKeyFile), fileOf(userCertFile));

const fileOf = (path: string | undefined): Buffer | null => (path === undefined ? null : readFileSync(path));

const authorizationOf = ({ defaultCredentials }: ConnectionOptions): string | undefined => {
  if (defaultCredentials === undefined) return undefined;
  const { username, password } = defaultCredentials;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
};

/** -1 turns keep-alive off in connection strings: then it is asked for once in so many days that it is never. */
const millisOf = (configured: number | undefined, usual: number): number =>
  configured === undefined ? usual : configured < 0 ? 2 ** 31 - 1 : configured;
