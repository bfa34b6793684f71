import { describe, expect, it } from 'vitest';
import type { LocationPolicy } from '#atp';
import { instantOf, millisOf, type Known } from '#event-sourcing';
import { ageMillisMax, rowsPerEventMax, runRowsMax } from './bounds.js';
import type { ReceiveRun, RunCommand, RunPolicy } from './commands.js';
import { decideRun } from './decide.js';
import type { Evidence, ObservationEvent, Row } from './events.js';
import { evolveRun, type RunState } from './state.js';

const now = '2026-03-01T12:00:00.000Z';
const at = (time: string): string => `2026-03-01T${time}:00.000Z`;
const nothingKnown: Known<never> = { facts: new Map<string, never>(), elsewhere: new Map<string, string>() };
const agreeing: Evidence = { held: 0, missing: 0, zeros: 0, changes: 0, units: 0, unitsBefore: 0 };
const wh1: LocationPolicy = {
  ...{ location: 'wh1', author: 'wms', authors: { count: 'erp' }, kind: 'own', state: 'open', revision: 0 },
};
const policyWith = (evidence: Partial<Evidence> = {}, place: LocationPolicy = wh1): RunPolicy => ({
  channels: new Map(),
  locations: new Map([['wh1', place]]),
  evidenceOf: () => ({ ...agreeing, ...evidence }),
});
const rowsOf = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => ({ sku: `S${index}`, quantity: index }));
const runOf = (count: number, rest: Partial<ReceiveRun> = {}): ReceiveRun => ({
  ...{ command: 'receive', connection: 'erp', run: 'night-1', location: 'wh1', asOf: at('09:00'), basis: 'usable' },
  ...{ kind: 'full', rowCount: count, rows: rowsOf(count), hash: `${count} rows` },
  ...rest,
});
const decideOn = (state: RunState, command: RunCommand, policy = policyWith()) =>
  decideRun({ command, now, policy, known: nothingKnown }, state);
const eventsOf = (state: RunState, command: RunCommand, policy = policyWith()): readonly ObservationEvent[] => {
  const decision = decideOn(state, command, policy);
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  return decision.events;
};
const after = (state: RunState, ...commands: readonly RunCommand[]): RunState =>
  commands.reduce((before, command) => eventsOf(before, command).reduce(evolveRun, before), state);
const codeOf = (state: RunState, command: RunCommand, policy = policyWith()): string => {
  const decision = decideOn(state, command, policy);
  return decision.kind === 'refused' ? decision.refusal.code : 'accepted';
};
/** The verdict, and what speaks against a run that comes with this evidence. */
const verdictOf = (command: ReceiveRun, evidence: Partial<Evidence>, place = wh1): unknown => {
  const judged = eventsOf(null, command, policyWith(evidence, place)).at(-1);
  return judged?.type === 'RunJudged' ? [judged.data.verdict, ...judged.data.reasons] : judged;
};
const heldRun = eventsOf(null, runOf(30), policyWith({ held: 30, zeros: 25 })).reduce<RunState>(evolveRun, null);

describe('a run', () => {
  it('is kept in parts and judged, in one append', () => {
    const events = eventsOf(null, runOf(2 * rowsPerEventMax + 1));
    expect(events.map(({ type }) => type)).toEqual(['RunReceived', 'RunReceived', 'RunReceived', 'RunJudged']);
    expect(events.reduce<RunState>(evolveRun, null)).toMatchObject({
      standing: 'accepted',
      rows: rowsOf(2 * rowsPerEventMax + 1),
    });
  });
  it('is refused whole where its form is wrong', () => {
    expect(codeOf(null, runOf(3, { rowCount: 4 }))).toBe('row_count_differs');
    expect(codeOf(null, runOf(runRowsMax + 1))).toBe('too_many_rows');
    expect(codeOf(null, runOf(2, { rows: [...rowsOf(1), ...rowsOf(1)] }))).toBe('duplicate_row');
    expect(codeOf(null, runOf(1, { rows: [{ sku: 'S0', quantity: 1e9 + 1 }] }))).toBe('quantity_out_of_range');
    expect(codeOf(null, runOf(1, { asOf: at('12:06') }))).toBe('occurred_in_future');
    expect(codeOf(null, runOf(1, { basis: 'sellable' }))).toBe('basis_not_supported');
    expect(codeOf(null, runOf(1, { location: 'wh9' }))).toBe('unknown_location');
  });
  it('comes from the connection that counts there, or from people', () => {
    expect(codeOf(null, runOf(1, { connection: 'wms' }))).toBe('not_author');
    expect(codeOf(null, runOf(1, { connection: 'operator' }))).toBe('accepted');
  });
  it('older than 72 h is refused', () => {
    const oldest = instantOf(millisOf(now) - ageMillisMax);
    expect(codeOf(null, runOf(1, { asOf: oldest }))).toBe('accepted');
    expect(codeOf(null, runOf(1, { asOf: instantOf(millisOf(oldest) - 1) }))).toBe('count_too_old');
  });
  it('that comes again is no news, whatever time has passed; another one under its key is refused', () => {
    const known = after(null, runOf(2));
    expect(eventsOf(known, runOf(2))).toEqual([]);
    expect(codeOf(known, runOf(2, { hash: 'other rows' }))).toBe('run_reused');
  });
});

describe('a run is held', () => {
  it('where 800 of 5,000 SKUs are missing; a tenth may be', () => {
    const run = runOf(4_200);
    expect(verdictOf(run, { held: 5_000, missing: 800 })).toEqual([
      'held',
      { reason: 'missing', found: 800, max: 500 },
    ]);
    expect(verdictOf(run, { held: 5_000, missing: 500 })).toEqual(['accepted']);
  });
  it('but not for what a partition or a delta leaves out', () => {
    expect(verdictOf(runOf(10, { kind: 'delta' }), { held: 5_000, missing: 4_990 })).toEqual(['accepted']);
    expect(verdictOf(runOf(10, { kind: 'partition' }), { held: 5_000, missing: 4_990 })).toEqual(['accepted']);
  });
  it('where 4,000 of 5,000 rows say 0, and where too many differ', () => {
    expect(verdictOf(runOf(5_000), { held: 5_000, zeros: 4_000, changes: 4_000 })).toEqual([
      'held',
      { reason: 'zeros', found: 4_000, max: 500 },
      { reason: 'changes', found: 4_000, max: 1_000 },
    ]);
  });
  it('but not for a handful of rows, whatever share of it they are', () => {
    expect(verdictOf(runOf(20), { zeros: 20, changes: 20 })).toEqual(['accepted']);
    expect(verdictOf(runOf(21), { zeros: 21 })).toEqual(['held', { reason: 'zeros', found: 21, max: 20 }]);
  });
  it('where it goes backwards against its source’s last one', () => {
    const lastAsOf = at('09:01');
    expect(verdictOf(runOf(1), { lastAsOf })).toEqual([
      'held',
      { reason: 'going_backwards', asOf: at('09:00'), lastAsOf },
    ]);
    expect(verdictOf(runOf(1), { lastAsOf: at('09:00') })).toEqual(['accepted']);
  });
  it('beyond what its source may post in a day, and by its own settings', () => {
    const usual = { connection: 'erp', postingLagMillis: 0, missingMax: 0, zerosMax: 10_000, changesMax: 10_000 };
    const place = { ...wh1, observers: [{ ...usual, unitsPerDayMax: 100 }] };
    expect(verdictOf(runOf(1), { units: 60, unitsBefore: 41 }, place)).toEqual([
      'held',
      { reason: 'units_per_day', found: 101, max: 100 },
    ]);
    expect(verdictOf(runOf(1), { units: 60, unitsBefore: 40 }, place)).toEqual(['accepted']);
    expect(verdictOf(runOf(5_000), { zeros: 5_000, changes: 5_000 }, place)).toEqual(['accepted']);
    expect(verdictOf(runOf(5_000), { held: 5_000, missing: 21 }, place)).toEqual([
      'held',
      { reason: 'missing', found: 21, max: 20 },
    ]);
  });
});

describe('a person', () => {
  const release = (skus?: readonly string[]): RunCommand => ({
    ...{ command: 'release', reason: 'checked' },
    ...(skus && { skus }),
  });
  const reject: RunCommand = { command: 'reject', reason: 'the ERP was restored' };

  it('releases a held run in part, and the rest later', () => {
    expect(heldRun?.standing).toBe('held');
    const part = eventsOf(heldRun, release(['S3', 'S1', 'S3']));
    expect(part).toMatchObject([{ type: 'RunReleased', data: { skus: ['S1', 'S3'], rest: 28, reason: 'checked' } }]);
    const partly = part.reduce(evolveRun, heldRun);
    expect(partly?.standing).toBe('held');
    expect(eventsOf(partly, release(['S1']))).toEqual([]);
    const whole = after(partly, release());
    expect([whole?.standing, whole?.released.length]).toEqual(['released', 30]);
    expect(eventsOf(whole, release())).toEqual([]);
    expect(codeOf(whole, reject)).toBe('run_not_held');
  });
  it('rejects what has not been released', () => {
    const rejected = after(heldRun, release(['S1']), reject);
    expect(rejected?.standing).toBe('rejected');
    expect(eventsOf(rejected, reject)).toEqual([]);
    expect(codeOf(rejected, release(['S2']))).toBe('run_not_held');
  });
  it('decides of runs and rows that there are', () => {
    expect([codeOf(null, release()), codeOf(null, reject)]).toEqual(['unknown_run', 'unknown_run']);
    expect(codeOf(heldRun, release(['S31']))).toBe('row_not_in_run');
    expect(codeOf(after(null, runOf(2)), release())).toBe('run_not_held');
  });
  it('releases nothing that is too old to be compared', () => {
    const later = instantOf(millisOf(at('09:00')) + ageMillisMax + 1);
    const decision = decideRun({ command: release(), now: later, policy: policyWith(), known: nothingKnown }, heldRun);
    expect(decision).toMatchObject({ kind: 'refused', refusal: { code: 'count_too_old' } });
  });
});
