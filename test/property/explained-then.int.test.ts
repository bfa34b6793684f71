import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, millisOf, positionOf, type Instant, type RecordedEvent } from '#event-sourcing';
import type { Explanation, Queries } from '#read-model';
import { createReadDatabase, type ReadDatabase } from '../../libs/read-model/testing/database.js';
import { liveOver } from '../../libs/read-model/testing/live.js';
import { projectAll } from '../../libs/read-model/testing/project.js';
import { simulate } from '../simulation/run.js';
import { channels } from '../simulation/world.js';

/*
 * What an explanation says of a moment that has passed is what it said at that moment. Simulated lives are recorded piece by
 * piece, as if each piece happened now. Of their holds some expired long ago, some end while the life is looked at, some
 * never.
 */

const firstSeed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const stepsPerLife = 120;
/** Events that are recorded between two looks. */
const piece = 20;

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const databaseNow = async (): Promise<Instant> => {
  const { rows } = await database.pool.query<{ now: Instant }>(
    `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database has no time');
  return row.now;
};

const never = '2099-01-01T00:00:00.000Z';

/** Deadlines as this life has them: the same text is the same moment all along. */
const deadlines = () => {
  const known = new Map<string, Instant>();
  return (text: string, now: Instant): Instant => {
    const kinds = [text, instantOf(millisOf(now) + 400), never];
    const deadline = known.get(text) ?? kinds[known.size % kinds.length] ?? text;
    known.set(text, deadline);
    return deadline;
  };
};

/** The piece as if it were recorded at this moment. */
const recordedAt = (
  events: readonly RecordedEvent[],
  now: Instant,
  deadline: (text: string, now: Instant) => Instant,
): readonly RecordedEvent[] =>
  events.map((event) => {
    const data = JSON.parse(JSON.stringify(event.data), (name, value: unknown) =>
      name === 'expiresAt' && typeof value === 'string' ? deadline(value, now) : value,
    ) as RecordedEvent['data'];
    return { ...event, data, metadata: { ...event.metadata, recordedAt: now } };
  });

type Said = Pick<Explanation, 'sku' | 'channel' | 'at'> & {
  readonly validUntil: Instant | undefined;
  readonly explanation: unknown;
};

const withoutSequence = ({ sequence: _sequence, ...rest }: Explanation): unknown => rest;

const skusIn = (log: readonly RecordedEvent[]): readonly string[] => [
  ...new Set(log.filter(({ stream }) => stream.startsWith('stock-')).map(({ stream }) => stream.slice(6))),
];

const lookedAt = async (queries: Queries, log: readonly RecordedEvent[]): Promise<readonly Said[]> => {
  const said: Said[] = [];
  for (const sku of [...skusIn(log), bundle])
    for (const { channel } of channels) {
      const explained = await queries.explain(channel, sku);
      if (explained.kind !== 'found' || explained.answer === undefined) continue;
      const { at, validUntil } = explained.answer;
      said.push({ sku, channel, at, validUntil, explanation: withoutSequence(explained.answer) });
    }
  return said;
};

/** Time passes: what is recorded next is later than anything that was said. */
const untilLaterThan = async (at: Instant): Promise<Instant> => {
  for (;;) {
    const now = await databaseNow();
    if (now > at) return now;
  }
};

/** Not every life changes a policy by itself: its last event makes a channel keep a unit back. */
const endingInAChange = (log: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const defined = log.findLast(({ stream }) => stream.startsWith('policy-channel-'));
  if (defined === undefined) throw new Error('A life without a channel');
  const { reason: _reason, ...content } = defined.data;
  return [
    ...log,
    {
      ...defined,
      type: 'ChannelChanged',
      data: { ...content, buffer: { effect: 'hard', units: 1 }, reason: 'closing' },
      revision: defined.revision + 1,
      position: positionOf(log.length + 1),
    },
  ];
};

const bundle = 'SET';

/** Two recipes of a bundle, one after another, of SKUs that the life has. */
const withRecipes = (log: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const [first = '', second = ''] = skusIn(log);
  const [defined] = log;
  if (defined === undefined) throw new Error('A life without events');
  const recipe = (revision: number, ...components: readonly { sku: string; units: number }[]): RecordedEvent => ({
    ...{ ...defined, stream: `policy-bundle-${bundle}`, type: 'BundleRecipeSet', schemaVersion: 1, revision },
    data: { sku: bundle, components, reason: 'sold together' },
  });
  const third = Math.floor(log.length / 3);
  return [
    ...log.slice(0, third),
    recipe(0, { sku: first, units: 1 }, { sku: second, units: 2 }),
    ...log.slice(third, 2 * third),
    recipe(1, { sku: second, units: 1 }),
    ...log.slice(2 * third),
  ].map((event, index) => ({ ...event, position: positionOf(index + 1) }));
};

/** A life is lived, and asked at every turn. */
const live = async (seed: number) => {
  const { log: simulated } = await simulate(seed, stepsPerLife);
  const log = withRecipes(endingInAChange(simulated));
  const deadline = deadlines();
  const lived: RecordedEvent[] = [];
  const said: Said[] = [];
  const { queries } = liveOver(database.pool, lived);
  for (let start = 0; start < log.length; start += piece) {
    const now = await untilLaterThan(said.at(-1)?.at ?? '');
    lived.push(...recordedAt(log.slice(start, start + piece), now, deadline));
    await projectAll(database.pool, lived);
    said.push(...(await lookedAt(queries, lived)));
  }
  return { queries, said, lived };
};

describe('an explanation of a moment that has passed', () => {
  it('is what it was at that moment', async () => {
    let [ending, changed, bundles] = [0, 0, 0];
    for (const seed of [firstSeed, firstSeed + 1]) {
      const { queries, said, lived } = await live(seed);
      changed += lived.filter(({ type }) => type === 'ChannelChanged' || type === 'LocationChanged').length;
      for (const { sku, channel, at, validUntil, explanation } of said) {
        const then = await queries.explainAt(channel, sku, at);
        expect(then, `seed ${seed}, ${sku} on ${channel} at ${at}`).toEqual({ kind: 'found', answer: explanation });
        if (validUntil !== undefined && validUntil < never) ending += 1;
        if (sku === bundle) bundles += 1;
      }
      await database.reset();
    }
    expect(Math.min(ending, changed, bundles)).toBeGreaterThan(0);
  });

  it('control: a fold that knows more, and a policy that knows less, are seen', async () => {
    const { queries, said, lived } = await live(firstSeed);
    const disagreeing = async (): Promise<number> => {
      let different = 0;
      for (const { sku, channel, at, explanation } of said) {
        const then = await queries.explainAt(channel, sku, at);
        if (then.kind !== 'found' || JSON.stringify(sorted(then.answer)) !== JSON.stringify(sorted(explanation)))
          different += 1;
      }
      return different;
    };
    expect(await disagreeing()).toBe(0);
    const whole = [...lived];
    for (const type of [/^Channel(Defined|Changed)$/, /^Stock(Received|Issued)$/]) {
      const event = lived.findLast((one) => type.test(one.type));
      if (event === undefined) throw new Error(`No ${String(type)} in this life`);
      // As if it had been recorded from the beginning, or never
      lived.splice(
        0,
        lived.length,
        ...whole.filter((one) => one.stream !== event.stream || one.revision < event.revision),
      );
      expect(await disagreeing()).toBeGreaterThan(0);
      lived.splice(0, lived.length, ...whole);
    }
  });

  it('before its SKU was opened has nothing to promise; before its channel was there it has no answer', async () => {
    const { queries, said, lived } = await live(firstSeed);
    const [first] = said;
    if (first === undefined) throw new Error('Nobody has said anything');
    const opened = lived.find(({ stream }) => stream === `stock-${first.sku}`)?.metadata.recordedAt ?? '';
    const before = instantOf(millisOf(opened) - 1);
    const last = lived.at(-1)?.metadata.recordedAt ?? '';
    expect(await queries.explainAt(first.channel, first.sku, before)).toEqual({ kind: 'unknown_channel' });
    expect(await queries.explainAt(first.channel, 'never', last)).toEqual({ kind: 'found', answer: undefined });
    expect(await queries.explainAt('never', first.sku, last)).toEqual({ kind: 'unknown_channel' });
  });
});

/** Members in one order. */
const sorted = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_name, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
        : member,
    ),
  );
