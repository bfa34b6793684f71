import { isRebalancing } from './errors.js';
import { every } from './every.js';
import type { Following } from './following.js';
import type { Intake } from './intake.js';
import type { Member } from './member.js';
import { within } from './within.js';

/** What is done again and again beside the fetching, while one client lives. */
export type Rounds = {
  /** Partitions have come: look at them now. */
  readonly soon: () => void;
  /** Ends them, and tells Kafka the positions a last time. */
  readonly stop: () => Promise<void>;
};

/** A last commit only spares others from reading again. */
const lastCommitMsMax = 3_000;
/** A round may wait for a handler that does not end. */
const lastRoundMsMax = 10_000;

/** `fail` is told when the client stands still: it is to be made anew. */
export const startRounds = (following: Following, member: Member, fail: (error: Error) => void): Rounds => {
  const { timings } = following;
  const committed = new Map<string, number>();
  const commit = (): Promise<void> => commitPositions(following, member, committed);
  const looking = every(timings.lookMs, createLook(following, member));
  const rounds = [
    looking,
    every(timings.commitMs, commit),
    every(timings.alarmedPollMs, () => wakeReset(following, member)),
    every(timings.stallMsMax / 4, async () => {
      const reason = standsStill(following, member);
      if (reason !== undefined) fail(new Error(reason));
      return Promise.resolve();
    }),
  ];
  return {
    soon: looking.soon,
    stop: async () => {
      await within(lastRoundMsMax, Promise.all(rounds.map(({ stop }) => stop())));
      await within(lastCommitMsMax, commit());
    },
  };
};

/** Compares every position with what its partition holds; when it is due, reads the last records again. */
const createLook = ({ options, intakes, watch, timings }: Following, member: Member): (() => Promise<void>) => {
  let verifiedAt = performance.now();
  return async () => {
    const verify = performance.now() - verifiedAt >= timings.verifyMs;
    if (verify) verifiedAt = performance.now();
    for (const topic of options.topics) {
      const own = intakes.all().filter((intake) => intake.topic === topic);
      if (own.length === 0) continue;
      try {
        const bounds = await watch.bounds(topic);
        await Promise.all(
          own.map(async (intake) => {
            const found = bounds.get(intake.partition);
            if (found !== undefined) await intake.look(found, controlsOf(intake, member), verify);
          }),
        );
      } catch (error) {
        options.onTrouble(error);
      }
    }
  };
};

const controlsOf = ({ topic, partition }: Intake, member: Member) => ({
  seek: (to: number) => member.seek(topic, partition, to),
  pause: () => member.pause(topic, partition),
});

/** Kafka is told what stands in our own store already, never more. */
const commitPositions = async (
  { intakes, options }: Following,
  member: Member,
  committed: Map<string, number>,
): Promise<void> => {
  for (const { topic, partition, decided } of intakes.all()) {
    const next = decided();
    const place = `${topic}/${partition}`;
    if (next === undefined || committed.get(place) === next) continue;
    try {
      await member.commit(topic, partition, next);
      committed.set(place, next);
    } catch (error) {
      if (!isRebalancing(error)) options.onTrouble(error);
    }
  }
};

const wakeReset = async ({ intakes, options }: Following, member: Member): Promise<void> => {
  for (const intake of intakes.all()) {
    try {
      if (await intake.wakeIfReset(controlsOf(intake, member))) member.resume(intake.topic, intake.partition);
    } catch (error) {
      options.onTrouble(error);
    }
  }
};

/** Why the client must be made anew; undefined while it works, rests on purpose, or something is being handled. */
const standsStill = ({ intakes, timings }: Following, member: Member): string | undefined => {
  const now = performance.now();
  if (intakes.all().some((intake) => intake.isBusy())) return undefined;
  const lifeMsMax = Math.max(timings.stallMsMax, timings.rebalanceMs + timings.sessionMs);
  if (now - member.livedAt() > lifeMsMax) return `the client has not fetched for ${lifeMsMax} ms`;
  const stalled = intakes.all().find((intake) => now - (intake.stalledSince() ?? now) > timings.stallMsMax);
  if (stalled === undefined) return undefined;
  const { topic, partition, decided } = stalled;
  return `the client brings nothing of ${topic}/${partition} from ${decided()} on, where messages wait`;
};
