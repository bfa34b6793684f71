import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '#event-sourcing';
import { DamagedStreamError, StoreAccessDeniedError } from '../errors.js';
import { failureOf, readErrorOf } from './failures.js';

const serviceError = (code: status, details = '', headers: Readonly<Record<string, string>> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return Object.assign(new Error(`${code}: ${details}`), { code, details, metadata });
};

const notLeader = (headers: Readonly<Record<string, string>>): ServiceError =>
  serviceError(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', ...headers });

const leader = { 'leader-endpoint-host': '10.0.0.7', 'leader-endpoint-port': '2113' };
const thrown = serviceError(status.UNKNOWN, 'Exception was thrown by handler.');

describe('what a call ended with', () => {
  it.each([
    [
      'nobody listening',
      serviceError(status.UNAVAILABLE, 'No connection established'),
      'broken',
      StoreUnavailableError,
    ],
    ['a reset connection', serviceError(status.UNAVAILABLE, 'read ECONNRESET'), 'broken', StoreUnavailableError],
    ['no leader', serviceError(status.UNAVAILABLE, 'Server Is Not Ready'), 'broken', StoreUnavailableError],
    ['a deadline', serviceError(status.DEADLINE_EXCEEDED), 'broken', StoreUnavailableError],
    ['a cancelled call', serviceError(status.CANCELLED, 'Cancelled on client'), 'broken', StoreUnavailableError],
    ['no rights', serviceError(status.PERMISSION_DENIED), 'access_denied', StoreAccessDeniedError],
    ['a wrong password', serviceError(status.UNAUTHENTICATED), 'access_denied', StoreAccessDeniedError],
    [
      'no rights, by name',
      serviceError(status.UNKNOWN, '', { exception: 'access-denied' }),
      'access_denied',
      StoreAccessDeniedError,
    ],
    [
      'a tombstone',
      serviceError(status.UNKNOWN, '', { exception: 'stream-deleted' }),
      'stream_deleted',
      DamagedStreamError,
    ],
    ['a position that is none', thrown, 'position_refused', StoreUnavailableError],
    ['another unknown error', serviceError(status.UNKNOWN, 'Stream removed'), 'broken', StoreUnavailableError],
    ['a server without the method', serviceError(status.UNIMPLEMENTED), 'unsupported', Error],
    ['a follower', notLeader(leader), 'not_leader', StoreUnavailableError],
  ])('%s', (_, error, kind, thrownAs) => {
    expect(failureOf(error).kind).toBe(kind);
    const read = readErrorOf(error, 'stock-A');
    expect(read).toBeInstanceOf(thrownAs);
    expect(read.constructor).toBe(thrownAs);
  });

  it('names who leads instead, if the server does', () => {
    expect(failureOf(notLeader(leader))).toEqual({ kind: 'not_leader', leader: { address: '10.0.0.7', port: 2113 } });
    expect(failureOf(notLeader({}))).toEqual({ kind: 'not_leader', leader: undefined });
  });

  it('is passed on as it is when it is no word of the server', () => {
    const bug = new TypeError('ours');
    expect(failureOf(bug)).toEqual({ kind: 'broken' });
    expect(readErrorOf(bug)).toBe(bug);
  });
});
