import { intakeGroup, intakeTopics } from '#apps/ledger';
import type { Clock } from '#event-sourcing';
import type { PositionStore, TopicReader } from '#messaging';

type Bounds = Awaited<ReturnType<TopicReader['bounds']>>;
type Positions = Pick<PositionStore, 'load'>;
type Reader = Pick<TopicReader, 'bounds'>;

/** A running intake takes in what has come just now: it is waited for as long. */
const waitMillisMax = 10_000;
const askAgainMillis = 200;

/** Messages that the intake has yet to take in, of those that there are now. @throws when the brokers cannot be asked */
export const intakeLag = async (reader: Reader, positions: Positions): Promise<number> =>
  lagBehind(await boundsNow(reader), positions);

/** The same, when a running intake has had its time for what there was at first. */
export const untilTakenIn = async (
  reader: Reader,
  positions: Positions,
  { sleep }: Pick<Clock, 'sleep'>,
): Promise<number> => {
  const bounds = await boundsNow(reader);
  const until = performance.now() + waitMillisMax;
  for (;;) {
    const lag = await lagBehind(bounds, positions);
    if (lag === 0 || performance.now() > until) return lag;
    await sleep(askAgainMillis);
  }
};

const boundsNow = (reader: Reader): Promise<Bounds> => reader.bounds(Object.values(intakeTopics));

const lagBehind = async (bounds: Bounds, positions: Positions): Promise<number> => {
  let lag = 0;
  for (const [topic, ofTopic] of bounds) {
    const stored = await positions.load(intakeGroup, topic);
    for (const [partition, { low, high }] of ofTopic) lag += Math.max(0, high - (stored.get(partition)?.next ?? low));
  }
  return lag;
};
