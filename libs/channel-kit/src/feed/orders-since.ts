import type { ChannelPort, Cursors, FeedReading } from '../port/channel-port.js';
import type { Answer } from '../port/trouble.js';
import type { FeedSource, SourceReading } from './source.js';

type Read = { readonly source: FeedSource; readonly answer: Answer<SourceReading> };

const cursorsOf = (reads: readonly Read[], before: Cursors): Cursors => ({
  ...before,
  ...Object.fromEntries(
    reads.flatMap(({ source, answer }) => (answer.kind === 'answered' ? [[source.name, answer.value.cursor]] : [])),
  ),
});

const failedOf = (reads: readonly Read[]): FeedReading['failed'] =>
  reads.flatMap(({ source, answer }) =>
    answer.kind === 'trouble' ? [{ source: source.name, trouble: answer.trouble }] : [],
  );

/** The first source, in the order of asking, that counts on from before what was seen. */
const wentBackIn = (reads: readonly Read[]): FeedReading['wentBack'] => {
  for (const { source, answer } of reads) {
    const wentBack = answer.kind === 'answered' ? answer.value.wentBack : undefined;
    if (wentBack !== undefined) return { source: source.name, ...wentBack };
  }
  return undefined;
};

const together = (reads: readonly Read[], before: Cursors): FeedReading => {
  const orders = reads.flatMap(({ answer }) => (answer.kind === 'answered' ? answer.value.orders : []));
  const wentBack = wentBackIn(reads);
  return {
    orders: [...new Set(orders)],
    cursors: wentBack === undefined ? cursorsOf(reads, before) : before,
    failed: failedOf(reads),
    ...(wentBack !== undefined && { wentBack }),
  };
};

/** To begin, every source must have said where it stands: what a late one missed nobody would ever tell. */
const begun = (reads: readonly Read[]): Answer<FeedReading> => {
  const failed = reads.map(({ answer }) => answer).find((answer) => answer.kind === 'trouble');
  return failed ?? { kind: 'answered', value: together(reads, {}) };
};

/**
 * What changed since, by several sources, each with a cursor of its own. They are asked one after another: a shop has few
 * processes, and shoppers need them more.
 */
export const ordersSinceBy =
  (sources: readonly FeedSource[]): ChannelPort<never>['ordersSince'] =>
  async (cursors, signal) => {
    const reads: Read[] = [];
    for (const source of sources) reads.push({ source, answer: await source.read(cursors?.[source.name], signal) });
    return cursors === undefined ? begun(reads) : { kind: 'answered', value: together(reads, cursors) };
  };
