import { type ServiceError, status } from '@grpc/grpc-js';
import type { EndPoint } from '@eventstore/db-client';
import { StoreUnavailableError } from '#event-sourcing';
import { DamagedStreamError, StoreAccessDeniedError } from '../errors.js';

/**
 * What a call ended with, in the words of the server: by the exception that it names, else by gRPC's code. `broken` is
 * whatever says nothing about what the server did.
 */
export type Failure =
  | { readonly kind: 'not_leader'; readonly leader: EndPoint | undefined }
  | { readonly kind: 'access_denied' | 'stream_deleted' | 'unsupported' | 'position_refused' | 'broken' };

/** What .NET answers for a call whose handler threw, and the server for a position where no record starts. */
const handlerThrew = 'Exception was thrown by handler';

export const failureOf = (error: unknown): Failure => {
  if (!isServiceError(error)) return { kind: 'broken' };
  switch (headerOf(error, 'exception') ?? 'none') {
    case 'not-leader':
      return { kind: 'not_leader', leader: leaderOf(error) };
    case 'access-denied':
      return { kind: 'access_denied' };
    case 'stream-deleted':
      return { kind: 'stream_deleted' };
    default:
      return { kind: kindOfCode(error) };
  }
};

const kindOfCode = ({ code, details }: ServiceError): Exclude<Failure['kind'], 'not_leader'> => {
  if (code === status.PERMISSION_DENIED || code === status.UNAUTHENTICATED) return 'access_denied';
  if (code === status.UNIMPLEMENTED) return 'unsupported';
  if (code === status.UNKNOWN && details.includes(handlerThrew)) return 'position_refused';
  return 'broken';
};

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;

const headerOf = ({ metadata }: Partial<ServiceError>, name: string): string | undefined =>
  metadata?.get(name)[0]?.toString();

const leaderOf = (error: ServiceError): EndPoint | undefined => {
  const address = headerOf(error, 'leader-endpoint-host');
  const port = Number(headerOf(error, 'leader-endpoint-port'));
  return address === undefined || !Number.isInteger(port) ? undefined : { address, port };
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a failed read is to a reader, who changed nothing: with few exceptions something that a later try may mend. */
export const readErrorOf = (error: unknown, stream?: string): Error => {
  if (!isServiceError(error)) return error instanceof Error ? error : new Error(String(error));
  const message = messageOf(error);
  switch (failureOf(error).kind) {
    case 'access_denied':
      return new StoreAccessDeniedError(message, { cause: error });
    case 'stream_deleted':
      return new DamagedStreamError(stream ?? '$all', 'tombstoned', 'the stream has been deleted for good');
    case 'unsupported':
      return new Error(`The server lacks what the event store needs: ${message}`, { cause: error });
    case 'not_leader':
    case 'position_refused':
    case 'broken':
      return new StoreUnavailableError(message, { cause: error });
  }
};
