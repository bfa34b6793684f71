import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Known } from '#event-sourcing';
import { findingsOf } from '../testing/audit-events.js';
import { findingsOn } from '../testing/audit-states.js';
import { steps, type Step } from '../testing/commands.js';
import { nothingKnown } from '../testing/company.js';
import { decideOn, started } from '../testing/run.js';
import { evolve, type StockEvent, type StockState } from './index.js';
import { factsOf, type FactRecord } from './state/facts.js';
import { decode, encode } from './state/snapshot.js';

type Told = {
  readonly state: StockState;
  readonly event: StockEvent;
  readonly now: string;
  readonly after: StockState;
};

/** The events of these steps one by one, each with the states around it. Refusals change nothing. */
const tell = (all: readonly Step[], known = nothingKnown, from = started.state): readonly Told[] => {
  const told: Told[] = [];
  let state = from;
  for (const { command, now } of all) {
    const decision = decideOn(state, command, { now, known });
    if (decision.kind === 'refused') continue;
    for (const event of decision.events) {
      const after = evolve(state, event);
      told.push({ state, event, now, after });
      state = after;
    }
  }
  return told;
};

const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const check = (
  name: string,
  holds: (all: readonly Step[]) => boolean | undefined,
  numRuns = 150,
): string | undefined => {
  const outcome = fc.check(
    fc.property(steps, (all) => holds(all) !== false),
    { numRuns },
  );
  return outcome.failed ? `${name}: ${fc.defaultReportMessage(outcome) ?? ''}` : undefined;
};

const auditedWith =
  (doctor: (event: StockEvent) => StockEvent, fold = evolve) =>
  (all: readonly Step[]) => {
    const seen: StockEvent[] = [];
    let state = started.state;
    for (const { event: live, now } of tell(all)) {
      const event = doctor(live);
      const after = fold(state, event);
      seen.push(event);
      const findings = [...findingsOf(event, state, after, now), ...findingsOn(after, seen)];
      if (findings.length > 0) throw new Error(`${findings.join('; ')} after ${JSON.stringify(event)}`);
      state = after;
    }
    return true;
  };

describe('every history of commands', () => {
  it('adds up after each event', () => {
    expect(
      check(
        'audit',
        auditedWith((event) => event),
        500,
      ),
    ).toBeUndefined();
  });

  const doctored: readonly (readonly [string, (event: StockEvent) => StockEvent])[] = [
    [
      'loses a posting',
      (event) => ({ ...event, data: { ...event.data, parts: event.data.parts.slice(1) } }) as StockEvent,
    ],
    [
      'takes what is owed out of a warehouse',
      (event) =>
        ({
          ...event,
          data: {
            ...event.data,
            parts: event.data.parts.map((part) =>
              part.location.startsWith('unsourced:') ? { ...part, location: 'wh1' } : part,
            ),
          },
        }) as StockEvent,
    ],
    [
      'decides on a greater atp than there was',
      (event) =>
        event.type === 'StockReserved'
          ? {
              ...event,
              data: { ...event.data, decidedOn: { ...event.data.decidedOn, atp: event.data.decidedOn.atp + 1 } },
            }
          : event,
    ],
    [
      'commits more than a line has open',
      (event) =>
        event.type === 'CommitmentChanged'
          ? { ...event, data: { ...event.data, line: { ...event.data.line, promised: event.data.line.promised + 1 } } }
          : event,
    ],
  ];
  it.each(doctored)('control: the audit finds a ledger that %s', (_, doctor) => {
    expect(check('control', auditedWith(doctor))).toBeDefined();
  });
  it('control: the audit finds an evolve that forgets releases', () => {
    const forgetful = (state: StockState, event: StockEvent) =>
      event.type === 'ReservationReleased' ? state : evolve(state, event);
    expect(
      check(
        'control',
        auditedWith((event) => event, forgetful),
      ),
    ).toBeDefined();
  });
  it('control: the audit finds an evolve that keeps settled lines of purchase orders open', () => {
    const hoarding = (state: StockState, event: StockEvent): StockState => {
      const after = evolve(state, event);
      return after.openIncoming.size < state.openIncoming.size ? { ...after, openIncoming: state.openIncoming } : after;
    };
    const same = (event: StockEvent): StockEvent => event;
    expect(check('control', auditedWith(same, hoarding))).toBeDefined();
  });
});

const replayed = (events: readonly StockEvent[], fold = evolve): string =>
  JSON.stringify(encode(throughJson(events).reduce(fold, started.state)));

describe('replay', () => {
  const equalsLive = (fold: typeof evolve) => (all: readonly Step[]) => {
    const told = tell(all);
    return told.every(
      ({ after }, index) =>
        index % 7 !== 0 ||
        replayed(
          told.slice(0, index + 1).map(({ event }) => event),
          fold,
        ) === JSON.stringify(encode(after)),
    );
  };
  it('of any prefix equals what was live, through JSON too', () => {
    expect(check('replay', equalsLive(evolve))).toBeUndefined();
  });
  it('control: finds a fold that depends on something else than its events', () => {
    let calls = 0;
    const moody: typeof evolve = (state, event) => (++calls % 5 === 0 ? state : evolve(state, event));
    expect(check('control', equalsLive(moody))).toBeDefined();
  });
});

const indexOf = (told: readonly Told[]): Known<FactRecord> => ({
  elsewhere: new Map(),
  facts: new Map(told.flatMap(({ event }) => factsOf(event)).map(({ key, record }) => [key, throughJson(record)])),
});

describe('a state that has forgotten', () => {
  /** Decides the second half of the steps from a remade state, and on the live one: the same decisions. */
  const decidesAlike =
    (remake: (state: StockState) => StockState, know = indexOf) =>
    (all: readonly Step[]) => {
      const half = Math.floor(all.length / 2);
      const told = tell(all.slice(0, half));
      const live = told.at(-1)?.after ?? started.state;
      const rest = all.slice(half);
      const events = (from: StockState, known: Known<FactRecord>) => tell(rest, known, from).map(({ event }) => event);
      return JSON.stringify(events(live, nothingKnown)) === JSON.stringify(events(remake(live), know(told)));
    };
  const snapshot = (state: StockState): StockState => decode(throughJson(encode(state)), 1);
  const forgetful = (state: StockState): StockState => ({ ...state, facts: started.state.facts });

  it('decides as one from a snapshot, with the index beside it', () => {
    expect(check('snapshot', decidesAlike(snapshot))).toBeUndefined();
  });
  it('decides as one that remembers, with the index beside it', () => {
    expect(check('forgetting', decidesAlike(forgetful))).toBeUndefined();
  });
  it('control: without the index it does not', () => {
    expect(
      check(
        'control',
        decidesAlike(forgetful, () => nothingKnown),
      ),
    ).toBeDefined();
  });
  it('control: nor without its holds', () => {
    const holdless = (state: StockState) => ({
      ...snapshot(state),
      holds: started.state.holds,
      expiries: started.state.expiries,
    });
    expect(check('control', decidesAlike(holdless))).toBeDefined();
  });
});
