import { accepted, plus, refused, type Asked, type Decision, type Instant, type Known } from '#event-sourcing';
import type { ObserverPolicy } from '#atp';
import { ageMillisMax, rowsPerEventMax } from './bounds.js';
import type { ReceiveRun, RejectRun, ReleaseRun, RunCommand, RunPolicy, RunRefusal } from './commands.js';
import type { Evidence, ObservationEvent, RunHeader, RunJudged, RunReceived } from './events.js';
import { checkRun, isRunBasis } from './form.js';
import { reasonsAgainst, usualObserver } from './judge.js';
import { headerOf, type RunState } from './state.js';

export type RunDecision = Decision<ObservationEvent, RunRefusal>;
type Received = NonNullable<RunState>;

const received = (header: RunHeader, { rows, hash }: ReceiveRun, now: Instant): readonly RunReceived[] => {
  const parts = Math.max(1, Math.ceil(rows.length / rowsPerEventMax));
  return Array.from({ length: parts }, (_, index) => ({
    type: 'RunReceived',
    data: {
      ...header,
      part: index + 1,
      parts,
      hash,
      rows: rows.slice(index * rowsPerEventMax, (index + 1) * rowsPerEventMax),
    },
    occurredAt: now,
  }));
};

/** Settings of a connection at a location; those who have none are judged by the usual ones. */
export const observerAt = (
  { locations }: Pick<RunPolicy, 'locations'>,
  { connection, location }: Pick<RunHeader, 'connection' | 'location'>,
): ObserverPolicy =>
  locations.get(location)?.observers?.find((one) => one.connection === connection) ?? usualObserver(connection);

const judged = (header: RunHeader, policy: RunPolicy, evidence: Evidence, now: Instant): RunJudged => {
  const reasons = reasonsAgainst(header, observerAt(policy, header), evidence);
  const verdict = reasons.length === 0 ? 'accepted' : 'held';
  return { type: 'RunJudged', data: { ...header, verdict, reasons, evidence }, occurredAt: now };
};

const tooOld = ({ asOf }: Pick<RunHeader, 'asOf'>, now: Instant): RunRefusal | undefined => {
  const oldest = plus(now, -ageMillisMax);
  return asOf < oldest ? { code: 'count_too_old', asOf, oldest } : undefined;
};

const missingEvidence = (run: string): never => {
  throw new Error(`Run ${run} was sent to be judged without what the ledger knows of it`);
};

const receive = (command: ReceiveRun, state: RunState, policy: RunPolicy, now: Instant): RunDecision => {
  const { basis, run, hash } = command;
  const malformed = checkRun(command, policy, now);
  if (malformed) return refused(malformed);
  if (!isRunBasis(basis)) return refused({ code: 'basis_not_supported', basis });
  if (state !== null) return state.hash === hash ? accepted() : refused({ code: 'run_reused', run });
  const old = tooOld(command, now);
  if (old) return refused(old);
  const header = headerOf({ ...command, basis });
  const evidence = policy.evidenceOf(command) ?? missingEvidence(run);
  return accepted<ObservationEvent>(...received(header, command, now), judged(header, policy, evidence, now));
};

const waitingOf = ({ rows, released }: Received): readonly string[] => {
  const gone = new Set(released);
  return rows.flatMap(({ sku }) => (gone.has(sku) ? [] : [sku]));
};

const strangerIn = ({ rows }: Received, skus: readonly string[]): RunRefusal | undefined => {
  const known = new Set(rows.map(({ sku }) => sku));
  const sku = skus.find((one) => !known.has(one));
  return sku === undefined ? undefined : { code: 'row_not_in_run', sku };
};

const release = ({ skus, reason }: ReleaseRun, state: Received, now: Instant): RunDecision => {
  const waiting = waitingOf(state);
  const wanted = new Set(skus ?? waiting);
  const refusal = strangerIn(state, [...wanted]);
  if (refusal) return refused(refusal);
  const chosen = waiting.filter((sku) => wanted.has(sku));
  if (chosen.length === 0) return accepted();
  if (state.standing !== 'held') return refused({ code: 'run_not_held', state: state.standing });
  const old = tooOld(state.header, now);
  if (old) return refused(old);
  const rest = waiting.length - chosen.length;
  return accepted({ type: 'RunReleased', data: { ...state.header, skus: chosen, rest, reason }, occurredAt: now });
};

const reject = ({ reason }: RejectRun, state: Received, now: Instant): RunDecision => {
  if (state.standing === 'rejected') return accepted();
  if (state.standing !== 'held') return refused({ code: 'run_not_held', state: state.standing });
  const rest = waitingOf(state).length;
  return accepted({ type: 'RunRejected', data: { ...state.header, rest, reason }, occurredAt: now });
};

/** What becomes of a run: judged when it arrives, released or rejected by a person. Pure. */
export const decideRun = (
  { command, now, policy }: Asked<RunCommand, RunPolicy, Known<never>>,
  state: RunState,
): RunDecision => {
  if (command.command === 'receive') return receive(command, state, policy, now);
  if (state === null) return refused({ code: 'unknown_run' });
  return command.command === 'release' ? release(command, state, now) : reject(command, state, now);
};
