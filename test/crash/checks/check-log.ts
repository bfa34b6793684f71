import { numberOf, verifyChain, type RecordedEvent } from '#event-sourcing';
import { plainDigest } from '#testing';
import { audit } from '../../simulation/auditor/audit.js';
import { onHandOf } from '../clients/books.js';
import type { Evidence } from './evidence.js';
import { lostOf } from './lost.js';
import { streamsOf } from './read-log.js';
import { promisesOf } from './promises.js';
import { twiceOf } from './twice.js';

/** One line for each thing that is wrong; all empty: the log is right. */
export type LogFindings = {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[];
  /** There more often than asked for. */
  readonly twice: readonly string[];
  /** Revisions of a stream, or positions of the log, that are missing or there twice. */
  readonly gaps: readonly string[];
  /** Hash chains that do not hold. */
  readonly chain: readonly string[];
  /** Units on hand that are others than the clients' books say. */
  readonly onHand: readonly string[];
  /** Carts and order lines that hold something else than their clients were told. */
  readonly promises: readonly string[];
  /** What the simulation's auditor finds: holds beyond atp, balances that nothing explains, versions that go back. */
  readonly audit: readonly string[];
};

export const checkLog = (evidence: Evidence): LogFindings => {
  const { log, books, channels } = evidence;
  const streams = streamsOf(log);
  const audited = audit(log, channels);
  return {
    lost: lostOf(evidence, streams),
    twice: twiceOf(streams),
    gaps: [...positionGaps(log), ...[...streams.values()].flatMap(revisionGaps)],
    chain: [...streams].flatMap(([stream, events]) => brokenChain(stream, events)),
    onHand: onHandFindings(onHandOf(books), audited.books),
    promises: promisesOf(evidence, streams),
    audit: audited.findings,
  };
};

const positionGaps = (log: readonly RecordedEvent[]): readonly string[] =>
  log.flatMap(({ position }, index) =>
    numberOf(position) === index + 1 ? [] : [`position ${index + 1}: ${position} stands there`],
  );

const revisionGaps = (events: readonly RecordedEvent[]): readonly string[] =>
  events.flatMap(({ stream, revision }, index) =>
    revision === index ? [] : [`${stream}@${index}: revision ${revision} stands there`],
  );

const brokenChain = (stream: string, events: readonly RecordedEvent[]): readonly string[] => {
  const verdict = verifyChain(plainDigest, events);
  return verdict.kind === 'intact' ? [] : [`${stream}@${verdict.revision}: ${verdict.reason}`];
};

type Balances = ReadonlyMap<string, { readonly balances: ReadonlyMap<string, number> }>;

const outside = /^(supplier|customer|adjustment|transit:)/u;

const onHandFindings = (expected: ReadonlyMap<string, number>, audited: Balances): readonly string[] =>
  [...expected].flatMap(([sku, units]) => {
    const accounts = [...(audited.get(`stock-${sku}`)?.balances ?? [])];
    const onHand = accounts.reduce((sum, [account, quantity]) => sum + (outside.test(account) ? 0 : quantity), 0);
    return onHand === units ? [] : [`${sku}: ${onHand} on hand, the books say ${units}`];
  });
