import { describe, expect, it } from 'vitest';
import {
  ConnectionLostError,
  ConnectionRefusedError,
  type FailureKind,
  failureKindOf,
  isNothingHappened,
  isUnavailable,
} from './failures.js';

const server = (code: string, severity = 'ERROR') => Object.assign(new Error('said the server'), { code, severity });
const network = (code: string) => Object.assign(new Error('said the network'), { code });

type Case = [what: string, error: unknown, kind: FailureKind];
const cases: Case[] = [
  ['a refused connection', network('ECONNREFUSED'), 'refused'],
  ['a host that nobody knows', network('ENOTFOUND'), 'refused'],
  ['a server that starts or stops', server('57P03', 'FATAL'), 'refused'],
  ['too many connections', server('53300', 'FATAL'), 'refused'],
  ['a wrong password', server('28P01', 'FATAL'), 'refused'],
  ['a pool that was full too long', new Error('timeout exceeded when trying to connect'), 'refused'],
  ['our own word for it', new ConnectionRefusedError('no'), 'refused'],
  ['a reset connection', network('ECONNRESET'), 'lost'],
  ['an end in the middle', new Error('Connection terminated unexpectedly'), 'lost'],
  ['an administrator who ends the connection', server('57P01', 'FATAL'), 'lost'],
  ['a crash of another backend', server('57P02', 'FATAL'), 'lost'],
  ['an idle transaction that was ended', server('25P03', 'FATAL'), 'lost'],
  ['our own word for that', new ConnectionLostError('gone'), 'lost'],
  ['a statement that took too long', server('57014'), 'statement_timeout'],
  ['a lock that took too long', server('55P03'), 'lock_timeout'],
  ['a serialization failure', server('40001'), 'serialization'],
  ['a deadlock', server('40P01'), 'serialization'],
  ['a full disk', server('53100'), 'unable'],
  ['a server that only reads', server('25006'), 'unable'],
  ['a broken constraint', server('23505'), 'rejected'],
  ['a text that is none', server('22021'), 'rejected'],
  ['a bug of ours', new TypeError('x is not a function'), 'other'],
  ['something that is no error', 'oh', 'other'],
];

describe('a failure', () => {
  it.each(cases)('%s', (_, error, kind) => {
    expect(failureKindOf(error)).toBe(kind);
  });

  it.each(cases)('tells whether nothing happened: %s', (_, error, kind) => {
    expect(isNothingHappened(error)).toBe(!['lost', 'other'].includes(kind));
    expect(isUnavailable(error)).toBe(!['rejected', 'other'].includes(kind));
  });
});
