import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { availability, channelFor, type Availability } from '#atp';
import type { RecordedEvent } from '#event-sourcing';
import type { Queries } from '#read-model';
import { applyPolicyEvent, emptyBook } from '#policies';
import { stockDecider, supplyOf, type StockEvent, type StockState } from '#stock';
import { createReadDatabase, type ReadDatabase } from '../../libs/read-model/testing/database.js';
import { liveOver, readAnnounced } from '../../libs/read-model/testing/live.js';
import { projectAll } from '../../libs/read-model/testing/project.js';
import { simulate } from '../simulation/run.js';
import { channels } from '../simulation/world.js';

/*
 * Three ways to the same number: what a decision would rest on, folded from the SKU's stream and the policies of the log;
 * what an explanation answers, out of the rows of the fold; what the announcer has told the world. Over the logs of
 * simulated lives, in pieces, with changed policies, quotas and incoming lines among them, while the clock of the read side
 * jumps: over holds that expire, over days on which incoming units come or are overdue, and back.
 */

const firstSeed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);
const stepsPerLife = 200;
const livesMax = 8;
/** Events that are projected between two looks. */
const piece = 15;

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(async () => {
  await database.setClock(undefined);
  await database.reset();
});
afterAll(() => database.drop());

const policyChanges = ['ChannelChanged', 'LocationChanged', 'SkuPolicySet'];

/** How far the clock stands from the last event: behind it, at it, a cart's life later, days later. */
const jumpsMillis = [-3_600_000, 0, 30_000, 900_000, 43_200_000, 86_400_000 * 3];

const clockAfter = (log: readonly RecordedEvent[], turn: number): number => {
  const latest = Math.max(...log.map(({ metadata }) => Date.parse(metadata.recordedAt)));
  return latest + (jumpsMillis[turn % jumpsMillis.length] ?? 0);
};

const asStock = ({ type, data, metadata }: RecordedEvent): StockEvent =>
  ({ type, data, occurredAt: metadata.occurredAt }) as unknown as StockEvent;

/** Every SKU's state by the decider's own evolve. */
const statesOf = (log: readonly RecordedEvent[]): ReadonlyMap<string, StockState> => {
  const states = new Map<string, StockState>();
  for (const event of log) {
    if (!event.stream.startsWith('stock-')) continue;
    const sku = event.stream.slice('stock-'.length);
    states.set(sku, stockDecider.evolve(states.get(sku) ?? stockDecider.initialState(), asStock(event)));
  }
  return states;
};

type Numbers = Pick<Availability, 'atp' | 'shown' | 'state' | 'byLocation' | 'tranches' | 'validUntil'>;
const numbersOf = ({ atp, shown, state, byLocation, tranches, validUntil }: Numbers) => ({
  ...{ atp, shown, state, validUntil },
  byLocation: byLocation.map(({ location, quantity, incoming }) => ({ location, quantity, incoming })),
  tranches: tranches.map(({ quantity, availableAt, incomingLine }) => ({ quantity, availableAt, incomingLine })),
});
const sum = (items: readonly { readonly quantity: number }[]): number =>
  items.reduce((total, { quantity }) => total + quantity, 0);

/** What was answered at all, so that nothing is compared with nothing. */
const kindsOf = ({ byLocation, tranches, terms, validUntil }: Numbers & Pick<Availability, 'terms'>) => [
  ...(byLocation.some(({ incoming = 0 }) => incoming > 0) ? ['incoming at a location'] : []),
  ...(tranches.some(({ availableAt }) => availableAt !== undefined) ? ['a dated tranche'] : []),
  ...(terms.some(({ term }) => term === 'fenced') ? ['fenced units'] : []),
  ...(validUntil === undefined ? [] : ['an end']),
];

/** The SKUs that each channel's list names. */
const listedBy = async (queries: Queries): Promise<ReadonlySet<string>> => {
  const listed = new Set<string>();
  for (const { channel } of channels) {
    const page = await queries.availabilityOfChannel(channel, { limit: 100 });
    if (page.kind === 'found') for (const { sku } of page.answer.rows) listed.add(`${sku} ${channel}`);
  }
  return listed;
};

type Told = { readonly kinds?: Set<string>; readonly announcedLater?: boolean };

/**
 * What disagrees after this much of a log, in words; `kinds` is told what was compared. Numbers that were announced at a
 * later moment than the clock shows are those of that moment.
 */
const disagreements = async (
  log: readonly RecordedEvent[],
  { kinds = new Set(), announcedLater = false }: Told = {},
): Promise<readonly string[]> => {
  await projectAll(database.pool, log);
  const { drain, queries } = liveOver(database.pool, log);
  await drain();
  const announced = new Map((await readAnnounced(database.pool)).map((row) => [`${row.sku} ${row.channel}`, row]));
  const book = log.reduce(applyPolicyEvent, emptyBook);
  const listed = await listedBy(queries);
  const found: string[] = [];
  for (const [sku, state] of statesOf(log))
    for (const { channel } of channels) {
      const explained = await queries.explain(channel, sku);
      const policy = book.channels.get(channel);
      if (explained.kind !== 'found' || explained.answer === undefined || policy === undefined) continue;
      const { at, terms, shownTerms, ...answer } = explained.answer;
      for (const kind of kindsOf({ ...answer, terms })) kinds.add(kind);
      const its = channelFor(policy, book.skus.get(sku));
      const decided = availability(supplyOf(state, at), { ...book, channel: its }, at);
      if (answer.atp > 0 && !listed.has(`${sku} ${channel}`)) found.push(`${sku} is not in the list of ${channel}`);
      const where = `${log.length} events, ${sku} on ${channel}`;
      if (JSON.stringify(numbersOf(decided)) !== JSON.stringify(numbersOf(answer)))
        found.push(
          `${where}: decided ${JSON.stringify(numbersOf(decided))}, explained ${JSON.stringify(numbersOf(answer))}`,
        );
      if (sum(terms) !== answer.atp || answer.atp + sum(shownTerms) !== answer.shown)
        found.push(`${where}: the terms do not sum to ${answer.atp} and ${answer.shown}`);
      if (announcedLater) continue;
      kinds.add('announced');
      const told = announced.get(`${sku} ${channel}`);
      if ((told?.atp ?? 0) !== answer.atp || (told?.shown ?? 0) !== answer.shown)
        found.push(`${where}: announced ${told?.atp}/${told?.shown}, explained ${answer.atp}/${answer.shown}`);
    }
  return found;
};

describe('atp', () => {
  it('as announced is as decided is as explained, all along a random history', async () => {
    const changes = new Set<string>();
    const kinds = new Set<string>();
    for (let life = 0; life < livesMax; life += 1) {
      const { log } = await simulate(firstSeed + life, stepsPerLife);
      for (const { type } of log) if (policyChanges.includes(type)) changes.add(type);
      let latest = 0;
      for (let end = piece, turn = life; end < log.length + piece; end += piece, turn += 1) {
        const now = clockAfter(log.slice(0, end), turn);
        await database.setClock(new Date(now).toISOString());
        const told = { kinds, announcedLater: now < latest };
        expect(await disagreements(log.slice(0, end), told), `seed ${firstSeed + life}`).toEqual([]);
        if (now < latest) kinds.add('a clock that went back');
        latest = Math.max(latest, now);
      }
      await database.reset();
    }
    expect([...changes].sort()).toEqual(policyChanges);
    expect([...kinds].sort()).toEqual([
      ...['a clock that went back', 'a dated tranche', 'an end', 'announced', 'fenced units', 'incoming at a location'],
    ]);
  });

  it('control: rows that are off, and an announcement that is, are found', async () => {
    const { log } = await simulate(firstSeed, stepsPerLife);
    expect(await disagreements(log)).toEqual([]);
    await database.pool.query(`UPDATE fold_1.balance SET sellable = sellable + 100`);
    expect((await disagreements(log)).join()).toMatch(/decided .* explained/);
    await database.pool.query(`UPDATE fold_1.balance SET sellable = sellable - 100`);
    await database.pool.query(`UPDATE read.announced SET atp = atp + 1`);
    expect((await disagreements(log)).join()).toMatch(/announced .* explained/);
  });

  it('control: an announcer that does not see the clock jump is found', async () => {
    const { log } = await simulate(firstSeed, stepsPerLife);
    const found: string[] = [];
    for (let end = piece; end < log.length; end += piece) {
      const lived = log.slice(0, end);
      await database.setClock(new Date(clockAfter(lived, 1)).toISOString());
      await disagreements(lived);
      await database.pool.query('UPDATE read.announced SET valid_until = NULL');
      await database.setClock(new Date(clockAfter(lived, 5)).toISOString());
      found.push(...(await disagreements(lived)));
    }
    expect(found.join()).toMatch(/announced .* explained/);
  });
});
