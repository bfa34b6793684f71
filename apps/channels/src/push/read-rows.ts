import { lookAt, type Answer, type Around, type Reading, type RowKey } from '#channel-kit';
import type { ChannelWork } from '../worker/deps.js';
import type { AimedRow } from './aim.js';
import type { LookedRow } from './after-look.js';

/** What rows show now. A row that the shop does not have any more is not among them. */
export const readRows = async (
  { port, now, signal }: ChannelWork,
  rows: readonly AimedRow[],
): Promise<Answer<ReadonlyMap<RowKey, Reading>>> => {
  const from = now();
  const answer = await port.readBack(
    rows.map(({ row }) => row),
    signal,
  );
  if (answer.kind === 'trouble') return answer;
  const span = { from, to: now() };
  return {
    kind: 'answered',
    value: new Map(answer.value.map(({ row, quantity }) => [row, { value: quantity, span }])),
  };
};

/** What stands around all rows of a turn. */
export type Surroundings = Pick<Around, 'isFeedStale' | 'feedWholeAt' | 'channel' | 'now'>;

/** What a reading means. While the shop makes an order of it, a row does not rise. */
export const look = (
  aimed: AimedRow,
  reading: Reading,
  { isFeedStale, feedWholeAt, channel, now }: Surroundings,
): LookedRow => {
  const { record, target, unconfirmed, risesWait } = aimed;
  const around = { target, unconfirmed, isFeedStale: isFeedStale || risesWait, feedWholeAt, channel, now };
  return { aimed, reading, look: lookAt(record, reading, around) };
};
