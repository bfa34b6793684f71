import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore, type AppendFault, type MemoryStore } from '#event-store/memory';
import { counterIndex, lanesScene, plainDigest, type CounterCommand, type LanesScene } from '#testing';
import { verifyChain } from '../chain/verify-chain.js';
import type { RecordedEvent } from '../event.js';
import type { StreamRead, Write } from '../event-store.js';
import type { KeyIndex } from '../kernel.js';

/*
 * Several processes with their own lanes on one log. Every answer of the store comes when the scheduler lets it; appends
 * meet faults; callers repeat what was not answered, also from other processes. In the end the log must hold everything
 * that was acknowledged, everything once, and nothing that may not be.
 */

const streams = ['counter-1', 'counter-2'];
type Sent = {
  readonly process: number;
  readonly stream: string;
  readonly commandId: string;
  readonly command: CounterCommand;
};

const quantity = fc.integer({ min: 1, max: 4 });
const requests = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), quantity }),
  fc.record({ kind: fc.constant('take' as const), quantity }),
  fc.record({ kind: fc.constant('put_many' as const), quantity, count: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ kind: fc.constant('put_on_even' as const), quantity }),
);
const facts = fc.record({
  kind: fc.constant('set_fact' as const),
  key: fc.constantFrom('a', 'b'),
  version: fc.integer({ min: 1, max: 3 }),
});

/** A request has its id from a small pool, and one id means one request: what is repeated is the same. */
const workload = fc.record({
  pool: fc.array(fc.tuple(fc.constantFrom(...streams), requests), { minLength: 3, maxLength: 8 }),
  picks: fc.array(
    fc.record({
      process: fc.nat(2),
      pick: fc.nat(100),
      fact: fc.option(fc.tuple(fc.constantFrom(...streams), facts), { freq: 3 }),
    }),
    {
      minLength: 4,
      maxLength: 24,
    },
  ),
  processes: fc.integer({ min: 1, max: 3 }),
  faults: fc.array(
    fc.constantFrom<AppendFault['kind']>(
      'none',
      'none',
      'conflict_without_tail',
      'stored_but_unknown',
      'lost',
      'stored_late',
      'unavailable',
      'broken',
    ),
    { maxLength: 12 },
  ),
  idsMax: fc.constantFrom(2, 4, 65_536),
  aheadMin: fc.constantFrom(1, 2, 64),
  indexEvery: fc.integer({ min: 1, max: 9 }),
});
type Workload = typeof workload extends fc.Arbitrary<infer T> ? T : never;

const sentOf = ({ pool, picks, processes }: Workload): readonly Sent[] =>
  picks.map(({ process, pick, fact }, index) => {
    const from = process % processes;
    if (fact !== null) {
      const [stream, { kind, key, version }] = fact;
      // The content of a version is always the same, as its reporter promises.
      const command = { kind, key: `${stream}-${key}`, version, quantity: version * 2 };
      return { process: from, stream, commandId: `fact-${index}`, command };
    }
    const [stream, command] = pool[pick % pool.length]!;
    return { process: from, stream, commandId: `request-${pick % pool.length}`, command };
  });

const faultOf = (kind: AppendFault['kind']): AppendFault => (kind === 'overtaken' ? { kind: 'none' } : { kind });

/** The store behind the scheduler: each call waits for its turn, and so does each answer. */
const scheduled = (store: MemoryStore, scheduler: fc.Scheduler): MemoryStore => {
  const turn = (label: string): Promise<void> => scheduler.schedule(Promise.resolve(), label);
  const inTurn =
    <Args extends unknown[], Result>(label: string, call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      await turn(label);
      const answer = await call(...args).then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error;
        },
      );
      await turn(`${label} answered`);
      return answer();
    };
  return {
    ...store,
    append: inTurn('append', (writes: readonly Write[]) => store.append(writes)),
    read: inTurn('read', (reads: readonly StreamRead[], eventsMax?: number) => store.read(reads, eventsMax)),
  };
};

/** Sends until there is an answer that says what became of it. */
const insist = async (scene: LanesScene, { stream, commandId, command }: Sent): Promise<string> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const outcome = await scene.send(command, { stream, commandId }).catch(() => ({ kind: 'failed' as const }));
    if (outcome.kind === 'accepted' || outcome.kind === 'refused') return outcome.kind;
    if (outcome.kind === 'command_id_reused') return outcome.kind;
  }
  throw new Error(`${commandId} was never answered`);
};

const play = async (load: Workload, scheduler: fc.Scheduler, lying: KeyIndex | undefined) => {
  const store = createMemoryStore();
  const index = counterIndex();
  const behind = scheduled(store, scheduler);
  store.faults.onAppend(...load.faults.map(faultOf));
  const scenes = Array.from({ length: load.processes }, (_, process) =>
    lanesScene({
      store: behind,
      index: lying ?? index,
      bounds: { rememberedIdsPerStreamMax: load.idsMax, aheadCommandsMin: load.aheadMin },
      gather: () => scheduler.schedule(Promise.resolve(), 'gather'),
      name: `p${process}`,
      seed: process,
    }),
  );
  const sent = sentOf(load);
  let answers = 0;
  const outcomes = sent.map(async (one) => {
    const answer = await insist(scenes[one.process]!, one);
    answers += 1;
    if (answers % 5 === 0) store.faults.release();
    if (answers % load.indexEvery === 0) index.take(await logOf(store));
    return answer;
  });
  const answered = await scheduler.waitFor(Promise.all(outcomes));
  store.faults.release();
  return {
    sent,
    answered,
    log: await logOf(store),
    bugs: scenes.flatMap(({ metrics }) => metrics.filter(({ kind }) => kind === 'bug')),
  };
};

const logOf = async (store: MemoryStore): Promise<readonly RecordedEvent[]> =>
  (
    await store.read(
      streams.map((stream) => ({ stream, from: 0 })),
      100_000,
    )
  ).flat();

const auditStream = (events: readonly RecordedEvent[]): void => {
  expect(verifyChain(plainDigest, events).kind).toBe('intact');
  let sum = 0;
  for (const { data } of events) {
    sum += Number(data['by'] ?? 0);
    expect(sum).toBeGreaterThanOrEqual(0);
  }
};

const auditRequest = ({ stream, commandId, command }: Sent, answer: string, log: readonly RecordedEvent[]): void => {
  const own = log.filter(({ metadata }) => metadata.commandId === commandId && metadata.commandHash !== undefined);
  expect(answer).not.toBe('command_id_reused');
  const count = command.kind === 'put_many' ? command.count : 1;
  if (answer === 'accepted') expect(own.map((event) => event.stream)).toEqual(Array<string>(count).fill(stream));
  else expect([0, count]).toContain(own.length);
};

const auditFacts = (sent: readonly Sent[], log: readonly RecordedEvent[]): void => {
  const highest = new Map<string, number>();
  for (const { command } of sent) {
    if (command.kind === 'set_fact') highest.set(command.key, Math.max(highest.get(command.key) ?? 0, command.version));
  }
  for (const [key, version] of highest) {
    const own = log.filter(({ data }) => data['key'] === key);
    expect(own.reduce((total, { data }) => total + Number(data['by']), 0)).toBe(version * 2);
  }
};

const audit = async (load: Workload, scheduler: fc.Scheduler, lying?: KeyIndex): Promise<void> => {
  const { sent, answered, log, bugs } = await play(load, scheduler, lying);
  expect(bugs).toEqual([]);
  for (const stream of streams) auditStream(log.filter((event) => event.stream === stream));
  sent.forEach((one, index) => {
    if (one.command.kind !== 'set_fact') auditRequest(one, answered[index]!, log);
  });
  auditFacts(sent, log);
};

describe('lanes of several processes, under faults and in any interleaving', () => {
  it('lose nothing that was acknowledged and apply nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(workload, fc.scheduler(), (load, scheduler) => audit(load, scheduler)),
      { numRuns: 400 },
    );
  });

  it('would be caught applying twice, had they an index that lies', async () => {
    const lying: KeyIndex = {
      lookup: (questions) =>
        Promise.resolve(
          questions.map(() => ({ highest: 1_000_000, commands: new Map(), facts: new Map(), elsewhere: new Map() })),
        ),
    };
    const result = await fc.check(
      fc.asyncProperty(workload, fc.scheduler(), (load, scheduler) => audit({ ...load, idsMax: 2 }, scheduler, lying)),
      { numRuns: 400, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
  });
});
