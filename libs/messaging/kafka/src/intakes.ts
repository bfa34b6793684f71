import type { ConsumerOptions, PartitionBounds } from '#messaging';
import { createIntake, type Intake } from './intake.js';
import type { Assignment, Member } from './member.js';
import type { ConsumerTimings } from './options.js';
import type { TopicWatch } from './topic-watch.js';

/** The partitions that are ours now. They outlive the client that fetches them. */
export type Intakes = {
  readonly all: () => readonly Intake[];
  readonly of: (topic: string, partition: number) => Intake | undefined;
  readonly assign: (assignment: Assignment) => void;
  readonly giveUp: () => void;
};

export type IntakesParts = {
  readonly options: ConsumerOptions;
  readonly watch: TopicWatch;
  readonly timings: ConsumerTimings;
  readonly ownCompactedTopics: readonly string[];
  readonly member: () => Member | undefined;
};

export const createIntakes = (parts: IntakesParts): Intakes => {
  const intakes = new Map<string, Intake>();
  /** What was given up may still be handled: its successor waits. */
  const leaving = new Map<string, Promise<void>>();
  const open = (topic: string, partition: number): Intake => {
    const rest = createRest(parts, topic, partition);
    return createIntake({
      topic,
      partition,
      options: parts.options,
      isCompacted: parts.ownCompactedTopics.includes(topic),
      after: leaving.get(nameOf({ topic, partition })) ?? Promise.resolve(),
      boundsNow: () => boundsOf(parts.watch, topic, partition),
      ...rest,
    });
  };
  const drop = (name: string, intake: Intake): void => {
    intakes.delete(name);
    intake.giveUp();
    leaving.set(name, intake.idle());
  };
  const assign = (assignment: Assignment): void => {
    const places = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    const wanted = new Set(places.map(nameOf));
    for (const [name, intake] of intakes) if (!wanted.has(name)) drop(name, intake);
    for (const place of places) {
      const intake = intakes.get(nameOf(place)) ?? open(place.topic, place.partition);
      intakes.set(nameOf(place), intake);
      intake.restart();
      // A pause outlives the membership; whoever still has a reason pauses again.
      parts.member()?.resume(place.topic, place.partition);
    }
  };
  return {
    all: () => [...intakes.values()],
    of: (topic, partition) => intakes.get(nameOf({ topic, partition })),
    assign,
    giveUp: () => intakes.forEach((intake, name) => drop(name, intake)),
  };
};

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic}/${partition}`;

const boundsOf = async (watch: TopicWatch, topic: string, partition: number): Promise<PartitionBounds> => {
  const bounds = (await watch.bounds(topic)).get(partition);
  if (bounds === undefined) throw new Error(`${topic} has no partition ${partition} now`);
  return bounds;
};

/** A pause after each failure, doubled from one to the next. */
const createRest = ({ timings, member }: IntakesParts, topic: string, partition: number) => {
  let failures = 0;
  return {
    rest: (onRested: () => void): void => {
      const millis = Math.min(timings.backoffMsMin * 2 ** failures++, timings.backoffMsMax);
      setTimeout(() => {
        onRested();
        member()?.resume(topic, partition);
      }, millis);
    },
    recovered: (): void => void (failures = 0),
  };
};
