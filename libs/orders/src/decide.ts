import { accepted, refused, type Asked, type Decision, type Instant, type Known } from '#event-sourcing';
import { notAuthor, policyFor, unknownLocation, type KnownPolicy } from './authority.js';
import type { BaselineLine, BaselineOrder, OrderCommand, OrderPolicy, RecordOrder, ResolveOrder } from './commands.js';
import type { OrderBaselined, OrderEvent, OrderRecorded } from './events.js';
import { baselineForm, snapshotForm, snapshotTimes } from './form.js';
import { freeze } from './freezing.js';
import { inAppends } from './in-appends.js';
import { namedIn } from './product.js';
import type { OrderRefusal } from './refusals.js';
import { settle, type OrderName, type Settled } from './settle.js';
import type { OrderState } from './state.js';

export type OrderDecision = Decision<OrderEvent, OrderRefusal>;

const nameOf = ({ channel, orderKey }: OrderCommand): OrderName => ({ channel, orderKey });

const decisionOf = (settled: Settled): OrderDecision =>
  settled.kind === 'settled' ? accepted(...settled.events) : refused(settled.refusal);

/** What the newest snapshot asks for, where a large order was left between two of its appends. */
const goOn = (command: OrderCommand, state: OrderState, policy: KnownPolicy, now: Instant): OrderDecision =>
  state.recorded === null || state.isSettled
    ? accepted()
    : decisionOf(settle(nameOf(command), [], state, state.recorded.snapshot, policy, now));

type Standing = 'newer' | 'known' | 'reused';

/** Whether a snapshot says something new. An older one is overtaken, whatever it says. */
const standingOf = ({ snapshot, hash }: RecordOrder, { recorded }: OrderState): Standing => {
  if (recorded === null || snapshot.version > recorded.snapshot.version) return 'newer';
  return snapshot.version === recorded.snapshot.version && hash !== recorded.hash ? 'reused' : 'known';
};

const recordedBy = (command: RecordOrder): OrderRecorded => ({
  type: 'OrderRecorded',
  data: { snapshot: command.snapshot, hash: command.hash, ...nameOf(command) },
  occurredAt: command.snapshot.changedAt,
});

const record = (command: RecordOrder, state: OrderState, policy: KnownPolicy, now: Instant): OrderDecision => {
  const { snapshot } = command;
  const refusal =
    notAuthor(command.connection, policy) ?? unknownLocation(snapshot.lines, policy) ?? snapshotTimes(snapshot, now);
  if (refusal !== undefined) return refused(refusal);
  switch (standingOf(command, state)) {
    case 'known':
      return goOn(command, state, policy, now);
    case 'reused':
      return refused({ code: 'snapshot_reused', version: snapshot.version });
    case 'newer':
      return decisionOf(settle(nameOf(command), [recordedBy(command)], state, snapshot, policy, now));
  }
};

const resolve = (command: ResolveOrder, state: OrderState, policy: KnownPolicy, now: Instant): OrderDecision => {
  if (state.recorded === null || !state.isSettled) return goOn(command, state, policy, now);
  if (state.unmapped.length === 0) return accepted();
  const { snapshot } = state.recorded;
  if (freeze(state, namedIn(snapshot), policy).added.length === 0) return accepted();
  return decisionOf(settle(nameOf(command), [], state, snapshot, policy, now));
};

const lineOf = ({ line, issued, returned }: BaselineLine): BaselineLine => ({ line, issued, returned });

const sameBaseline = (a: readonly BaselineLine[], b: readonly BaselineLine[]): boolean =>
  a.length === b.length &&
  a.every(({ line, issued, returned }) =>
    b.some((other) => other.line === line && other.issued === issued && other.returned === returned),
  );

const baselinedBy = (command: BaselineOrder, now: Instant): OrderBaselined => ({
  type: 'OrderBaselined',
  data: { lines: command.lines.map(lineOf), ...nameOf(command) },
  occurredAt: now,
});

const baseline = (command: BaselineOrder, state: OrderState, policy: KnownPolicy, now: Instant): OrderDecision => {
  const refusal = notAuthor(command.connection, policy);
  if (refusal !== undefined) return refused(refusal);
  if (state.baseline !== null)
    return sameBaseline(state.baseline, command.lines)
      ? goOn(command, state, policy, now)
      : refused({ code: 'already_baselined' });
  const baselined = baselinedBy(command, now);
  if (state.recorded === null) return accepted(baselined);
  return decisionOf(settle(nameOf(command), [baselined], state, state.recorded.snapshot, policy, now));
};

const formOf = (command: OrderCommand): OrderRefusal | undefined => {
  switch (command.kind) {
    case 'record':
      return snapshotForm(command);
    case 'baseline':
      return baselineForm(command);
    case 'resolve':
      return undefined;
  }
};

/** Refusals come in the order that OrderRefusal documents. */
export const decideOrder = (asked: Asked<OrderCommand, OrderPolicy, Known<never>>, state: OrderState): OrderDecision =>
  inAppends(decideWhole(asked, state));

const decideWhole = (
  { command, now, policy }: Asked<OrderCommand, OrderPolicy, Known<never>>,
  state: OrderState,
): OrderDecision => {
  const form = formOf(command);
  if (form !== undefined) return refused(form);
  const known = policyFor(command, policy);
  if (known === undefined) return refused({ code: 'unknown_channel', channel: command.channel });
  switch (command.kind) {
    case 'record':
      return record(command, state, known, now);
    case 'resolve':
      return resolve(command, state, known, now);
    case 'baseline':
      return baseline(command, state, known, now);
  }
};
