import type { EventLog } from '../log/event-log.js';
import type { Endpoint } from '../types.js';
import type { FaultState } from './fault-state.js';
import type { Users } from './users.js';

/** What the node has been asked for since it was started. */
export type Meter = { reads: number; given: number; appends: number };

/** What the handlers of calls share. */
export type Node = {
  readonly log: EventLog;
  readonly faults: FaultState;
  readonly meter: Meter;
  readonly users: Users;
  /** False once it has been ended: what is still under way then must not touch the log. */
  readonly isRunning: () => boolean;
  readonly self: () => Endpoint;
  /** Resets every connection: who waits for an answer will not get it. */
  readonly cutConnections: () => void;
};
