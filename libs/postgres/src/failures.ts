/**
 * What went wrong between us and PostgreSQL, and above all: may the statement have taken place?
 *
 * - `refused`: no connection was had, nothing was sent
 * - `statement_timeout`, `lock_timeout`, `serialization`: the server says that it rolled the statement back
 * - `unable`: the server is out of space or memory, or only reads now: rolled back, and worth a later try
 * - `rejected`: any other error that the server answered (a constraint, a missing table): rolled back as well
 * - `lost`: the connection went away under the statement, or the server ended it. Nobody knows what became of it
 * - `other`: no failure of the database at all
 */
export type FailureKind =
  'refused' | 'lost' | 'statement_timeout' | 'lock_timeout' | 'serialization' | 'unable' | 'rejected' | 'other';

/** A connection could not be had; nothing was sent. `cause` says why. */
export class ConnectionRefusedError extends Error {
  override readonly name = 'ConnectionRefusedError';
}

/** The connection went away while a statement was under way, or the answer stayed out too long. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** Classifies anything that a query, a pool or a connection threw. */
export const failureKindOf = (error: unknown): FailureKind => {
  if (error instanceof ConnectionRefusedError) return 'refused';
  if (error instanceof ConnectionLostError) return 'lost';
  if (!(error instanceof Error)) return 'other';
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  if (typeof code === 'string' && severity !== undefined) return kindOfSqlState(code, severity);
  if (typeof code === 'string' && unreachable.has(code)) return 'refused';
  if (typeof code === 'string' && broken.has(code)) return 'lost';
  if (refusedMessages.test(error.message)) return 'refused';
  return lostMessages.test(error.message) ? 'lost' : 'other';
};

/** The statement did not take place: it was never sent, or the server answered that it was rolled back. */
export const isNothingHappened = (error: unknown): boolean => {
  const kind = failureKindOf(error);
  return kind !== 'lost' && kind !== 'other';
};

/** Worth a later try as it is: the database is away, busy or stopping. */
export const isUnavailable = (error: unknown): boolean => {
  const kind = failureKindOf(error);
  return kind !== 'rejected' && kind !== 'other';
};

/**
 * A FATAL ends the connection; it may come after the commit and before the answer, so it counts as lost. The timeouts
 * are switched off before the server begins to commit: their errors mean rolled back.
 */
const kindOfSqlState = (code: string, severity: unknown): FailureKind => {
  if (neverStarted.has(code)) return 'refused';
  if (severity === 'FATAL' || severity === 'PANIC' || code.startsWith('08') || code.startsWith('57P')) return 'lost';
  if (code === '57014') return 'statement_timeout';
  if (code === '55P03') return 'lock_timeout';
  if (code === '40001' || code === '40P01') return 'serialization';
  return code.startsWith('53') || code === '25006' ? 'unable' : 'rejected';
};

/** Cannot connect now, too many connections, bad password or role, no such database: all told before any statement. */
const neverStarted = new Set(['57P03', '53300', '28P01', '28000', '3D000']);
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH']);
const broken = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED']);
/** The driver's own errors carry no code. */
const refusedMessages =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated due to connection timeout)/;
const lostMessages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout)/;
