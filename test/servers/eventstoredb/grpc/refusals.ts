import { Metadata, status } from '@grpc/grpc-js';
import { appendBytesMax } from '../log/event-log.js';
import { revisionText, type Expected } from './revisions.js';
import type { Endpoint, Refusal } from '../types.js';

/** A call that ends with a status. The client reads the `exception` in the trailers before it looks at the code. */
export type CallError = Refusal & { readonly metadata: Metadata };

const refused = (code: number, details: string, trailers: Readonly<Record<string, string>> = {}): CallError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return { code, details, metadata };
};

export const asRefused = ({ code, details }: Refusal): CallError => refused(code, details);

/** What any mistake of a request becomes that the server did not foresee. */
export const thrownByHandler = (): CallError => refused(status.UNKNOWN, 'Exception was thrown by handler.');

export const unauthenticated = (): CallError => refused(status.UNAUTHENTICATED, 'UNAUTHENTICATED');

export const accessDenied = (): CallError =>
  refused(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notLeader = ({ host, port }: Endpoint): CallError =>
  refused(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const notReady = (): CallError => refused(status.UNAVAILABLE, 'Server Is Not Ready');

export const tooLarge = (): CallError =>
  refused(status.INVALID_ARGUMENT, `Maximum Append Size of ${appendBytesMax} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(appendBytesMax),
  });

export const streamDeleted = (stream: string): CallError =>
  refused(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const wrongRevision = (stream: string, expected: Expected, actual: bigint): CallError =>
  refused(status.FAILED_PRECONDITION, `Append failed due to WrongExpectedVersion. Stream: ${stream}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': revisionText(expected),
    ...(actual >= 0n && { 'actual-version': actual.toString() }),
  });
