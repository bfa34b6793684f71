import type { Position } from '../event.js';
import { FollowerStoppedError, type StopReason } from './errors.js';

export type FollowerStatus = {
  readonly name: string;
  /** Everything up to here has been handled; undefined: nothing yet. */
  readonly position: Position | undefined;
  readonly state: 'running' | 'stopped';
  readonly reason?: StopReason;
  /** The last error; undefined once something has succeeded after it. */
  readonly error?: unknown;
};

/** How far a follower of the log has come, and who waits for it. */
export type Progress = {
  readonly status: () => FollowerStatus;
  readonly advance: (position: Position | undefined) => void;
  readonly failed: (error: unknown) => void;
  readonly stop: (reason: StopReason, error?: unknown) => void;
  readonly caughtUpTo: (position: Position, signal?: AbortSignal) => Promise<void>;
};

type Waiter = { readonly position: Position; readonly resolve: () => void; readonly reject: (error: Error) => void };

export const createProgress = (name: string): Progress => {
  let status: FollowerStatus = { name, position: undefined, state: 'running' };
  const waiters = new Set<Waiter>();
  const hasReached = (position: Position): boolean => status.position !== undefined && status.position >= position;
  const stoppedError = (): Error =>
    new FollowerStoppedError(`${name} has stopped: ${status.reason ?? 'unknown'}`, { cause: status.error });

  return {
    status: () => status,
    advance: (position) => {
      status = { name, position, state: 'running' };
      for (const waiter of waiters) if (hasReached(waiter.position)) waiter.resolve();
    },
    failed: (error) => {
      status = { ...status, error };
    },
    stop: (reason, error) => {
      status = { ...status, state: 'stopped', reason, ...(error === undefined ? {} : { error }) };
      for (const waiter of waiters) waiter.reject(stoppedError());
    },
    caughtUpTo: async (position, signal) => {
      if (hasReached(position)) return;
      if (status.state === 'stopped') throw stoppedError();
      await waitFor(waiters, position, signal);
    },
  };
};

const waitFor = (waiters: Set<Waiter>, position: Position, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      waiters.delete(waiter);
      signal?.removeEventListener('abort', onAbort);
    };
    const waiter: Waiter = {
      position,
      resolve: () => {
        leave();
        resolve();
      },
      reject: (error) => {
        leave();
        reject(error);
      },
    };
    const onAbort = (): void => waiter.reject(signal?.reason as Error);
    waiters.add(waiter);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted === true) onAbort();
  });
