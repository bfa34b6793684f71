import type { Config, Logger } from '#platform';
import type { Queries } from '#read-model';
import { type Database, openDatabase, type Services, startServices } from '#apps/standalone';
import { numberOf, type Position } from '#event-sourcing';
import { type Checker, startChecker } from './check/checker.js';
import { readOnHand } from './check/on-hand.js';
import { type Oracle, readOracle, type WrongSku, wrongSkus } from './check/oracle.js';
import { demandSameReplay } from './check/other-replay.js';
import { checkHeaderOf, openRows, type Rows } from './file/open-rows.js';
import { channels } from './meaning/channel.js';
import { documentOf, openingReceipt } from './meaning/documents.js';
import { groupInvoices, type Invoice } from './meaning/invoices.js';
import { rememberingLondon } from './meaning/london.js';
import { type Openings, startOpenings } from './meaning/opening.js';
import { rememberSoldLines } from './meaning/sold-lines.js';
import { startSurvey, type Survey } from './meaning/survey.js';
import { type Played, startPlayer } from './play/player.js';
import { defineRetailer, replayedLedger } from './play/replayed-ledger.js';
import { settle } from './play/settle.js';
import type { Progress } from './report/progress.js';
import type { HotSku, Phases, Summary } from './report/summary.js';

export type Replay = {
  readonly file: string;
  readonly limit?: number;
  /** Compare with this oracle. */
  readonly oracle?: string;
  readonly config: Config;
  readonly logger: Logger;
  readonly progress: Progress;
};

/** What two passes over the file have found before anything is played, and the lines for the third. */
type Surveyed = {
  readonly rows: Rows;
  readonly lines: number;
  readonly survey: Survey;
  readonly openings: Openings;
};

/** What is played, and what it must end with; both were read before anything was played. */
type Play = Replay & { readonly surveyed: Surveyed; readonly reference: Oracle | undefined };

/** Plays a file through a ledger of its own process, checks everything, and tells what came out. */
export const runReplay = async (replay: Replay): Promise<Summary> => {
  const watch = startWatch();
  const reference = replay.oracle === undefined ? undefined : await readOracle(replay.oracle);
  await checkHeaderOf(replay.file);
  // The database takes another core for about as long as reading the file takes this one.
  const opening = openDatabase(replay.config, replay.logger);
  // Its failure is told to whoever waits for it.
  opening.catch(() => undefined);
  try {
    const surveyed = await surveyFile(replay);
    watch.next('start');
    return await playInto(await opening, { ...replay, surveyed, reference }, watch);
  } finally {
    await opening.then(
      (database) => database.stop(),
      () => undefined,
    );
  }
};

const playInto = async ({ serviceUrl }: Database, play: Play, watch: Watch): Promise<Summary> => {
  const services = await startServices(serviceUrl, play.config, play.logger);
  const checker = startChecker({ serviceUrl });
  try {
    return await playAndCheck(play, services, checker, watch);
  } finally {
    await checker.stop();
    await services.stop();
  }
};

const playAndCheck = async (play: Play, services: Services, checker: Checker, watch: Watch): Promise<Summary> => {
  const { surveyed, reference } = play;
  const earlier = await services.store.head();
  const before = numberOf(earlier);
  if (earlier !== undefined) await demandSame(play, services, earlier);
  watch.next('play');
  const played = await playFile(play, services);
  watch.next('settle');
  const head = await services.store.head();
  await settle({ availability: services.availability, head, sleep: services.ledger.clock.sleep });
  watch.next('check');
  const { queries } = services.availability;
  const broken = await checker.finish(head);
  const wrong: readonly WrongSku[] | undefined = reference && wrongSkus(reference, await readOnHand(queries));
  const hottest = await readHottest(queries, surveyed.openings.hottest(hottestMax));
  return {
    lines: surveyed.lines,
    played,
    events: numberOf(head) - before,
    phases: watch.stop(),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    ...(wrong && { wrong }),
    broken,
    hottest,
  };
};

/** A folder that has been played into is looked at when its projections know all of it. */
const demandSame = async ({ surveyed }: Play, services: Services, head: Position): Promise<void> => {
  const { availability, ledger } = services;
  await settle({ availability, head, sleep: ledger.clock.sleep });
  await demandSameReplay(availability.queries, surveyed.openings.openings());
};

const hottestMax = 10;

const surveyFile = async ({ file, limit, progress }: Replay): Promise<Surveyed> => {
  const survey = startSurvey();
  const rows = await openRows(file, { limit });
  const lines = await rows.each(survey.see);
  const openings = startOpenings(survey);
  progress.begin('opening', lines);
  await rows.each(openings.see);
  progress.end();
  return { rows, lines, survey, openings };
};

const playFile = async ({ progress, surveyed }: Play, { ledger }: Services): Promise<Played> => {
  const { rows, lines, survey, openings } = surveyed;
  const player = startPlayer(replayedLedger(ledger));
  const grouping = groupInvoices(survey);
  const instantOf = rememberingLondon();
  const reading = { survey, soldLines: rememberSoldLines(survey), instantOf };
  progress.begin('playing', lines);
  await defineRetailer(ledger);
  await player.receive(openings.openings().map((opening) => openingReceipt(opening, instantOf)));
  const playAll = async (invoices: readonly Invoice[]): Promise<void> => {
    for (const invoice of invoices) await player.play(documentOf(invoice, reading));
  };
  let done = 0;
  await rows.last((row) => {
    progress.reached((done += 1));
    const whole = grouping.add(row);
    return whole.length === 0 ? undefined : playAll(whole);
  });
  const played = await player.finish();
  progress.end();
  return played;
};

const readHottest = async (queries: Queries, skus: readonly string[]): Promise<HotSku[]> => {
  const atp = new Map<string, Record<string, number>>();
  for (const channel of channels) {
    const found = await queries.availability(channel, skus);
    if (found.kind === 'found')
      for (const row of found.answer.rows) atp.set(row.sku, { ...atp.get(row.sku), [channel]: row.atp });
  }
  return skus.map((sku) => ({ sku, atp: atp.get(sku) ?? {} }));
};

type Watch = { readonly next: (phase: keyof Phases) => void; readonly stop: () => Phases };

const startWatch = (): Watch => {
  const phases = { start: 0, survey: 0, play: 0, settle: 0, check: 0 };
  let [current, since]: [keyof Phases, number] = ['survey', performance.now()];
  const note = (): void => {
    const now = performance.now();
    phases[current] += (now - since) / 1_000;
    since = now;
  };
  return {
    next: (phase) => {
      note();
      current = phase;
    },
    stop: () => {
      note();
      return phases;
    },
  };
};
