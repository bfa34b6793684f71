import type { CommitmentMoved, StockAdjusted, StockEvent, StockObserved } from './events.js';
import { balancesAt, withParts } from './state/balances.js';
import { withCount, withRevision } from './state/counts.js';
import { holdsAfter } from './state/holds.js';
import { withIncomings } from './state/incoming.js';
import { recordsAfter } from './state/lines.js';
import { movementsAfter } from './state/movements.js';
import { quotasOf, withQuotas } from './state/quotas.js';
import { copyOf, type StockState } from './state/state.js';
import { withObservation } from './state/suspicions.js';
import { withTransit } from './state/transfers.js';
import { unreachable } from './unreachable.js';

/** What any event may change, in one copy of the state; none of these reads what another one changes. */
const standing = (before: StockState, event: StockEvent): StockState => {
  const quotas = quotasOf(event);
  const state = copyOf(withIncomings(quotas.length === 0 ? before : withQuotas(before, quotas), event));
  state.opened = true;
  state.balances = withParts(before.balances, event.data.parts);
  const { movements, forgottenUntil, latest } = movementsAfter(before, event);
  state.movements = movements;
  state.forgottenUntil = forgottenUntil;
  state.latest = latest;
  const { lines, facts, oversold, promises, promisesOf } = recordsAfter(before, event);
  state.lines = lines;
  state.facts = facts;
  state.oversold = oversold;
  state.promises = promises;
  state.promisesOf = promisesOf;
  const { holds, expiries } = holdsAfter(before, event);
  state.holds = holds;
  state.expiries = expiries;
  return state;
};

const withShortPicked = (state: StockState, location: string, shortPicked: number): StockState => {
  const after = { ...balancesAt(state.balances, location), shortPicked };
  return { ...state, balances: state.balances.with(location, after) };
};

/** Units that a pick did not find wait in quarantine for the warehouse's own adjustment. */
const afterMove = (state: StockState, { data }: CommitmentMoved): StockState =>
  data.reason === 'short_pick' && data.parts.some(({ to }) => to === 'quarantined')
    ? withShortPicked(state, data.from, balancesAt(state.balances, data.from).shortPicked + data.quantity)
    : state;

const afterAdjustment = (state: StockState, { data }: StockAdjusted): StockState =>
  data.shortPicked ? withShortPicked(state, data.shortPicked.location, data.shortPicked.left) : state;

/** What is posted of a machine's figure stands like a count. */
const afterObservation = (state: StockState, event: StockObserved): StockState => {
  const after = withObservation(state, event);
  return event.data.conclusion === 'posted' ? withCount(after, event) : after;
};

/** The state after an event. Copies what the event carries; computes nothing that was decided. */
export const evolve = (before: StockState, event: StockEvent): StockState => {
  const state = standing(before, event);
  switch (event.type) {
    case 'StockReceived':
    case 'StockIssued':
    case 'StockReturned':
    case 'StockMovedBetweenBuckets':
    case 'StockAssembled':
    case 'StockReserved':
    case 'ReservationReleased':
    case 'ReservationExtended':
    case 'CommitmentChanged':
    case 'CommitmentAcknowledged':
    case 'IncomingExpected':
    case 'IncomingRevised':
    case 'IncomingCancelled':
    case 'BackorderPromised':
    case 'BackorderFilled':
    case 'BackorderMoved':
    case 'BackorderDropped':
    case 'QuotaSet':
    case 'QuotaFilled':
    case 'QuotaReturned':
    case 'WitnessRecorded':
    case 'RequestNoted':
      return state;
    case 'StockAdjusted':
      return afterAdjustment(state, event);
    case 'StockCounted':
      return withCount(state, event);
    case 'StockObserved':
      return afterObservation(state, event);
    case 'CountRevised':
      return withRevision(state, event);
    case 'TransferDispatched':
    case 'TransferReceived':
    case 'TransferClosed':
      return withTransit(state, event.data.parts);
    case 'CommitmentMoved':
      return afterMove(state, event);
    default:
      return unreachable(event);
  }
};
