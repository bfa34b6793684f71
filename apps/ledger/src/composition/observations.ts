import type { Clock } from '#event-sourcing';
import type { ReceiveRun, RejectRun, ReleaseRun } from '#observations';
import type { ComparedRow, RunDesk, RunName, RunOutcome } from '../observations/index.js';
import { callerFrom, runMillisMax, type Asker } from './asker.js';

export type RunReport = Omit<ReceiveRun, 'command' | 'hash' | 'connection'>;

/** Runs of figures that machines give, and what people decide of those that are held. */
export type Observations = {
  /** Judged as a whole; what follows from an accepted run reaches the SKUs a moment later. */
  readonly receive: (asker: Asker, run: RunReport) => Promise<RunOutcome>;
  readonly decide: (asker: Asker, name: RunName, decision: ReleaseRun | RejectRun) => Promise<RunOutcome>;
  readonly find: RunDesk['find'];
  readonly compare: (...asked: Parameters<RunDesk['compare']>) => Promise<readonly ComparedRow[]>;
};

export const createObservations = (desk: RunDesk, clock: Clock): Observations => ({
  receive: (asker, run) =>
    desk.receive({ ...run, connection: asker.connection }, callerFrom(asker, clock, runMillisMax)),
  decide: (asker, name, decision) => desk.decide(name, decision, callerFrom(asker, clock)),
  find: desk.find,
  compare: desk.compare,
});
