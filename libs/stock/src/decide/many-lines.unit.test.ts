import { describe, expect, it } from 'vitest';
import { jsonBytes } from '#event-sourcing';
import { receipt } from '../../testing/facts.js';
import { lineTarget, orderOf } from '../../testing/requests.js';
import { decideOn, play, run, runAll, started, typesOf, type Run } from '../../testing/run.js';
import { srcq } from '../../testing/standing.js';
import type { SetOrderTarget } from '../commands.js';
import type { StockEvent } from '../events.js';
import { evolve } from '../evolve.js';

/* An order of thousands of lines of one SKU: more events than a store takes in one append. */

const serverBytesMax = 1_048_576;
/** With ids of 128 bytes wherever one may stand. */
const metadata = {
  ...{ commandId: 'x'.repeat(300), source: { connection: 'x'.repeat(32) }, actor: 'x'.repeat(36) },
  ...{ correlationId: 'x'.repeat(36), causationId: 'x'.repeat(36), hash: 'x'.repeat(64) },
  ...{ occurredAt: 'x'.repeat(24), recordedAt: 'x'.repeat(24) },
};
const bytesIn = (events: readonly StockEvent[]): number =>
  events.reduce((sum, { type, data }) => sum + jsonBytes({ type, data, metadata }), 0);

const linesMax = 2_000;
const ids = Array.from({ length: linesMax }, (_, index) => `line ${index} `.padEnd(60, 'é'));
const orderWith = (version: number, each: number): SetOrderTarget =>
  orderOf(
    'large',
    ids.map((line) => lineTarget(line, version, each)),
  );

/** What each append carries, in their order. */
const appendsOf = (before: Run, command: SetOrderTarget): readonly (readonly StockEvent[])[] => {
  const decision = decideOn(before.state, command);
  if (decision.kind === 'refused') throw new Error(decision.refusal.code);
  if (decision.kind === 'accepted') return [decision.events];
  const after = { state: decision.events.reduce(evolve, before.state), events: decision.events };
  return [decision.events, ...appendsOf(after, command)];
};

const stocked = runAll(receipt(2_500));

describe('an order of 2,000 lines of one SKU', () => {
  const command = orderWith(1, 2);

  it('goes in appends that every store takes, each line in one of them', () => {
    const appends = appendsOf(stocked, command);
    expect(appends.length).toBeGreaterThan(1);
    for (const events of appends) expect(bytesIn(events)).toBeLessThan(serverBytesMax);
    expect(bytesIn(appends.flat()), 'control: in one it would be too large').toBeGreaterThan(serverBytesMax);
    const lines = appends.flat().flatMap(({ data }) => ('line' in data && data.order ? [data.order.line] : []));
    expect(lines).toEqual(ids);
  });

  it('ends as if it had come line by line, and says nothing the second time', () => {
    const whole = run(stocked, command);
    const single = play(
      stocked,
      command.lines.map((line) => ({ ...command, lines: [line] })),
    );
    expect(whole.state.lines.size).toBe(linesMax);
    expect([...whole.state.lines.entries()]).toEqual([...single.state.lines.entries()]);
    expect(srcq(whole, 'wh1')).toEqual([0, 0, 2_500, 0]);
    expect(srcq(whole, 'unsourced:web')).toEqual(srcq(single, 'unsourced:web'));
    expect(typesOf(run(whole, command).events)).toEqual(typesOf(whole.events));
  });

  it('left half told, goes on where it stopped, or ends as a newer version of it says', () => {
    const [first = []] = appendsOf(stocked, command);
    const half: Run = { state: first.reduce(evolve, stocked.state), events: first };
    const rest = appendsOf(half, command).flat();
    expect(first.length + rest.length).toBe(linesMax);
    const newer = run(half, orderWith(2, 1));
    expect(newer.state.lines.size).toBe(linesMax);
    expect(srcq(newer, 'wh1')).toEqual([500, 0, 2_000, 0]);
  });

  it('is refused as a whole where it cannot stand, before any of it is stored', () => {
    const last = ids.at(-1) ?? '';
    const lines = [...command.lines.slice(0, -1), lineTarget(last, 1, -1)];
    expect(decideOn(stocked.state, { ...command, lines })).toMatchObject({ kind: 'refused' });
  });

  it('control: an order of usual size is one append', () => {
    expect(appendsOf(started, { ...command, lines: command.lines.slice(0, 500) })).toHaveLength(1);
  });
});
