import { describe, expect, it } from 'vitest';
import { createMemoryPositions } from '#messaging/memory';
import { manualClock } from '#testing';
import { alarmReason } from './alarm.js';
import { fingerprintOf, markOf } from './fingerprint.js';
import type { IncomingMessage } from './message.js';
import type { ConsumerOptions, PartitionAlarm } from './ports.js';
import { type PartitionSource, runPartition } from './run-partition.js';
import { createWakeUp } from './wake-up.js';

const messageAt = (offset: number, value = `value ${offset}`): IncomingMessage => ({
  offset,
  key: Buffer.from('key'),
  headers: new Map(),
  value: Buffer.from(value),
});

/** A partition whose bounds a test moves. */
const createLog = (low: number, high: number) => {
  const log = { low, high, reads: 0, holes: new Set<number>() };
  const changed = createWakeUp();
  const source: PartitionSource = {
    topic: 'topic',
    partition: 0,
    bounds: () => Promise.resolve({ low: log.low, high: log.high }),
    read: (from, messagesMax) => {
      log.reads += 1;
      const offsets = Array.from({ length: Math.max(log.high - from, 0) }, (_, index) => from + index);
      const there = offsets.filter((offset) => offset >= log.low && !log.holes.has(offset));
      return Promise.resolve(there.slice(0, messagesMax).map((offset) => messageAt(offset)));
    },
    wait: (_, signal) => changed.next(signal),
  };
  return { log, source, changed };
};

const start = (source: PartitionSource, options: Partial<ConsumerOptions> = {}) => {
  const positions = options.positions ?? createMemoryPositions();
  const clock = manualClock();
  const [offsets, alarms, troubles]: [number[], PartitionAlarm[], unknown[]] = [[], [], []];
  const run = runPartition(
    source,
    {
      group: 'group',
      topics: ['topic'],
      positions,
      handle: ({ messages }) => Promise.resolve(void offsets.push(...messages.map(({ offset }) => offset))),
      onAlarm: (alarm) => void alarms.push(alarm),
      onTrouble: (error) => void troubles.push(error),
      ...options,
    },
    { clock, random: () => 0.5 },
  );
  return { run, clock, positions, offsets, alarms, troubles };
};

const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It never came true');
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe('a partition with an alarm', () => {
  it('tells it once, stands still, and goes on by itself after a reset', async () => {
    const { source } = createLog(5, 10);
    const positions = createMemoryPositions();
    await positions.reset('group', 'topic', 0, { next: 2 });
    const { run, clock, offsets, alarms } = start(source, { positions });
    for (let look = 0; look < 3; look++) {
      await until(() => clock.sleepers() === 1);
      clock.advance(1_000);
    }
    expect([alarms.length, offsets, run.status().state]).toEqual([1, [], 'alarmed']);
    await until(() => clock.sleepers() === 1);
    await positions.reset('group', 'topic', 0, { next: 7 });
    clock.advance(1_000);
    await until(() => offsets.length === 3);
    expect([offsets, alarms.length, run.status().state]).toEqual([[7, 8, 9], 1, 'running']);
    await run.stop();
  });

  it('tells the next one too when the reset was no help', async () => {
    const { source } = createLog(5, 10);
    const positions = createMemoryPositions();
    await positions.reset('group', 'topic', 0, { next: 2 });
    const { run, clock, alarms } = start(source, { positions });
    await until(() => clock.sleepers() === 1);
    await positions.reset('group', 'topic', 0, { next: 20 });
    clock.advance(1_000);
    await until(() => alarms.length === 2);
    expect(alarms.map(({ reason }) => reason)).toEqual(['retention_passed_by', 'topic_made_anew']);
    await run.stop();
  });

  it('has one when what it has not handled is trimmed under it', async () => {
    const { log, source, changed } = createLog(0, 3);
    const { run, offsets, alarms } = start(source);
    await until(() => offsets.length === 3);
    Object.assign(log, { low: 5, high: 8 });
    changed.notify();
    await until(() => alarms.length === 1);
    expect([offsets, alarms[0]]).toMatchObject([
      [0, 1, 2],
      { reason: 'retention_passed_by', position: { next: 3 }, low: 5 },
    ]);
    await run.stop();
  });

  it('has one when the record handled last is another one now', async () => {
    const { source } = createLog(0, 3);
    const positions = createMemoryPositions();
    await positions.advance('group', 'topic', 0, { next: 2, last: markOf(messageAt(1, 'another')) });
    const { run, offsets, alarms } = start(source, { positions });
    await until(() => alarms.length === 1);
    expect([offsets, alarms[0]?.reason]).toEqual([[], 'topic_made_anew']);
    await run.stop();
  });

  it('control: has none when it is the same, or was trimmed', async () => {
    for (const low of [0, 2]) {
      const { source } = createLog(low, 3);
      const positions = createMemoryPositions();
      await positions.advance('group', 'topic', 0, { next: 2, last: markOf(messageAt(1)) });
      const { run, offsets, alarms } = start(source, { positions });
      await until(() => offsets.length === 1);
      expect([offsets, alarms]).toEqual([[2], []]);
      await run.stop();
    }
  });
});

describe('a partition', () => {
  it('never jumps over a message that is missing: that is trouble', async () => {
    const { log, source } = createLog(0, 5);
    log.holes.add(2);
    const { run, clock, offsets, troubles } = start(source, { batchMessagesMax: 2 });
    await until(() => clock.sleepers() === 1);
    expect([offsets, String(troubles[0])]).toEqual([[0, 1], 'Error: topic: offset 2 is missing']);
    log.holes.clear();
    clock.advance(60_000);
    await until(() => offsets.length === 5);
    expect(offsets).toEqual([0, 1, 2, 3, 4]);
    await run.stop();
  });

  it('goes on where another member has brought the position', async () => {
    const { source } = createLog(0, 6);
    const positions = createMemoryPositions();
    const { run, offsets } = start(source, {
      batchMessagesMax: 1,
      positions: {
        ...positions,
        advance: (group, topic, partition, to) =>
          positions.advance(group, topic, partition, { ...to, next: to.next + (to.last === undefined ? 0 : 1) }),
      },
    });
    await until(() => offsets.length === 3);
    expect(offsets).toEqual([0, 2, 4]);
    await run.stop();
  });

  it('tells the batch under way when it is given up, and not when it is stopped', async () => {
    for (const [how, aborted] of [
      ['giveUp', true],
      ['stop', false],
    ] as const) {
      const { source } = createLog(0, 1);
      let signal: AbortSignal | undefined;
      let finish: () => void = () => undefined;
      const { run } = start(source, {
        handle: (_, given) => {
          signal = given;
          return new Promise<void>((resolve) => (finish = resolve));
        },
      });
      await until(() => signal !== undefined);
      const ended = run[how]();
      expect(signal?.aborted).toBe(aborted);
      finish();
      await ended;
    }
  });

  it('rests at the end, and does not read what it knows', async () => {
    const { log, source, changed } = createLog(0, 2);
    const { run, offsets } = start(source);
    await until(() => offsets.length === 2);
    const { reads } = log;
    for (let wake = 0; wake < 5; wake++) {
      changed.notify();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(log.reads - reads).toBe(0);
    await run.stop();
  });
});

describe('a position', () => {
  it.each([
    [{ next: 5 }, { low: 5, high: 5 }, undefined],
    [{ next: 5 }, { low: 0, high: 9 }, undefined],
    [{ next: 4 }, { low: 5, high: 9 }, 'retention_passed_by'],
    [{ next: 10 }, { low: 5, high: 9 }, 'topic_made_anew'],
    [{ next: 10 }, { low: 0, high: 0 }, 'topic_made_anew'],
  ] as const)('%j in %j: %s', (position, bounds, reason) => {
    expect(alarmReason(position, bounds)).toBe(reason);
  });
});

describe('a fingerprint', () => {
  const of = (key: string | undefined, headers: [string, string][], value: string | undefined): string =>
    fingerprintOf({
      key: key === undefined ? undefined : Buffer.from(key),
      headers: new Map(headers),
      value: value === undefined ? undefined : Buffer.from(value),
    });

  it('is the same for the same message, in whatever order its headers come', () => {
    const headers: [string, string][] = [
      ['a', '1'],
      ['b', '2'],
    ];
    expect(of('k', headers, 'v')).toBe(of('k', [...headers].reverse(), 'v'));
    expect(of('k', headers, 'v')).toMatch(/^[0-9a-f]{32}$/u);
  });

  it('differs for any two that are not', () => {
    const all = [
      of('k', [], 'v'),
      of('kv', [], ''),
      of('', [], 'kv'),
      of('kv', [], undefined),
      of(undefined, [], 'kv'),
      of('k', [['v', '']], ''),
      of('k', [['', 'v']], ''),
      of('k', [['a', '1']], 'v'),
      of('k', [['a1', '']], 'v'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
