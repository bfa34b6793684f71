import { type Answer, type ChannelPort, type Cursors, type FeedReading } from '#channel-kit';
import { type Outcome, orderHistories, orderSlips, stockMovements } from '../../webservice/index.js';
import { type PrestashopOrder } from '../order.js';
import { type PortContext } from '../shop.js';
import { answered, troubledBy, troubleOf } from '../trouble.js';
import { sourceByCounter } from './by-counter.js';
import { sourceById } from './by-id.js';
import { sourceByTime } from './by-time.js';
import { overlapSeconds } from './overlap.js';
import { type Source, type SourceReading } from './source.js';

type Read = { readonly source: Source; readonly outcome: Outcome<SourceReading> };

const sourcesOf = ({ client, settings, now }: PortContext): readonly Source[] => {
  const overlap = async (signal: AbortSignal): Promise<number> => {
    const known = await settings(signal);
    return overlapSeconds(known.kind === 'ok' ? known.value.zone : undefined, now());
  };
  return [
    sourceById(client, orderHistories),
    sourceByTime(client, now, overlap),
    sourceById(client, orderSlips),
    sourceById(client, stockMovements),
    sourceByCounter(client, now),
  ];
};

const cursorsOf = (reads: readonly Read[], before: Cursors): Cursors => ({
  ...before,
  ...Object.fromEntries(
    reads.flatMap(({ source, outcome }) => (outcome.kind === 'ok' ? [[source.name, outcome.value.cursor]] : [])),
  ),
});

const failedOf = (reads: readonly Read[]): FeedReading['failed'] =>
  reads.flatMap(({ source, outcome }) =>
    outcome.kind === 'failed'
      ? [{ source: source.name, trouble: troubleOf({ ...outcome.failure, applied: 'no' }) }]
      : [],
  );

/** The first source, in the order of asking, that counts on from before what was seen. */
const wentBackIn = (reads: readonly Read[]): FeedReading['wentBack'] => {
  for (const { source, outcome } of reads) {
    const wentBack = outcome.kind === 'ok' ? outcome.value.wentBack : undefined;
    if (wentBack !== undefined) return { source: source.name, from: String(wentBack.from), to: String(wentBack.to) };
  }
  return undefined;
};

const together = (reads: readonly Read[], before: Cursors): FeedReading => {
  const orders = reads.flatMap(({ outcome }) => (outcome.kind === 'ok' ? outcome.value.orders : []));
  const wentBack = wentBackIn(reads);
  return {
    orders: [...new Set(orders)].map(String),
    cursors: wentBack === undefined ? cursorsOf(reads, before) : before,
    failed: failedOf(reads),
    ...(wentBack !== undefined && { wentBack }),
  };
};

/** To begin, every source must have said where it stands: what a late one missed nobody would ever tell. */
const begun = (reads: readonly Read[]): Answer<FeedReading> => {
  const failed = reads.map(({ outcome }) => outcome).find(({ kind }) => kind === 'failed');
  return failed?.kind === 'failed' ? troubledBy(failed.failure) : answered(together(reads, {}));
};

/**
 * What changed since, by five sources: history, time of change, credit slips, movements, counters. No one of them sees all.
 * They are asked one after another: a shop has few processes, and shoppers need them more.
 */
export const ordersSinceOf = (context: PortContext): ChannelPort<PrestashopOrder>['ordersSince'] => {
  const sources = sourcesOf(context);
  return async (cursors, signal) => {
    const reads: Read[] = [];
    for (const source of sources) reads.push({ source, outcome: await source.read(cursors?.[source.name], signal) });
    return cursors === undefined ? begun(reads) : answered(together(reads, cursors));
  };
};
