import {
  runPartition,
  type ConsumerOptions,
  type Consuming,
  type PartitionRun,
  type PartitionSource,
  type PartitionStatus,
  type Timing,
  type WakeUp,
} from '#messaging';
import type { MemoryPartition } from './memory-log.js';

type Topics = ReadonlyMap<string, readonly MemoryPartition[]>;
type Broker = { readonly topics: Topics; readonly changed: WakeUp; readonly assertThere: () => void };

export type MemoryGroups = {
  readonly join: (options: ConsumerOptions) => Promise<Consuming>;
  /** Shares the partitions out anew: topics came or went. */
  readonly assign: () => void;
};

/** A partition that a member follows now, or will when the one before has let go. */
type Share = {
  readonly partition: MemoryPartition;
  readonly status: () => readonly PartitionStatus[];
  readonly leave: (how: 'stop' | 'giveUp') => Promise<void>;
};
type Member = { readonly options: ConsumerOptions; readonly shares: Map<string, Share> };

export const createGroups = (broker: Broker, timing: Timing): MemoryGroups => {
  const members = new Set<Member>();
  /** Who follows a partition in a group, until he has let go: the next one waits for him. */
  const turns = new Map<string, Promise<unknown>>();

  const start = (member: Member, topic: string, index: number, partition: MemoryPartition): Share => {
    const place = JSON.stringify([member.options.group, topic, index]);
    const before = turns.get(place) ?? Promise.resolve();
    const source = sourceOf(broker, topic, index, partition);
    const { share, left } = shareOf(partition, before, () => runPartition(source, member.options, timing));
    turns.set(place, left);
    return share;
  };
  const assignTo = (member: Member): void => {
    const peers = [...members].filter(({ options }) => options.group === member.options.group);
    const wanted = wantedBy(member, peers, broker.topics);
    for (const [name, { partition, leave }] of member.shares) {
      if (wanted.get(name)?.partition === partition) continue;
      member.shares.delete(name);
      void leave('giveUp');
    }
    for (const [name, { topic, index, partition }] of wanted) {
      if (!member.shares.has(name)) member.shares.set(name, start(member, topic, index, partition));
    }
  };
  const assign = (): void => members.forEach(assignTo);
  return { assign, join: (options) => Promise.resolve(joined(members, { options, shares: new Map() }, assign)) };
};

const shareOf = (partition: MemoryPartition, before: Promise<unknown>, begin: () => PartitionRun) => {
  let run: PartitionRun | undefined;
  const begun = before.then(() => (run = begin()));
  let letGo: () => void = () => undefined;
  const left = new Promise<void>((resolve) => (letGo = resolve));
  const share: Share = {
    partition,
    status: () => (run === undefined ? [] : [run.status()]),
    leave: async (how) => {
      await (await begun)[how]();
      letGo();
    },
  };
  return { share, left };
};

const joined = (members: Set<Member>, member: Member, assign: () => void): Consuming => {
  members.add(member);
  assign();
  return {
    status: () => [...member.shares.values()].flatMap(({ status }) => status()),
    stop: async () => {
      members.delete(member);
      const shares = [...member.shares.values()];
      member.shares.clear();
      await Promise.all(shares.map(({ leave }) => leave('stop')));
      assign();
    },
  };
};

type Wanted = { readonly topic: string; readonly index: number; readonly partition: MemoryPartition };

/** Every so-many-th partition of its topics, by the order in which the members came. */
const wantedBy = (member: Member, peers: readonly Member[], topics: Topics): ReadonlyMap<string, Wanted> => {
  const own = peers.indexOf(member);
  const wanted = member.options.topics.flatMap((topic) =>
    (topics.get(topic) ?? []).map((partition, index) => ({ topic, index, partition })),
  );
  const shared = wanted.filter(({ index }) => index % peers.length === own);
  return new Map(shared.map((one) => [JSON.stringify([one.topic, one.index]), one]));
};

const sourceOf = (
  { changed, assertThere }: Broker,
  topic: string,
  index: number,
  partition: MemoryPartition,
): PartitionSource => {
  const there = <Result>(read: () => Result): Promise<Result> =>
    new Promise((resolve) => {
      assertThere();
      resolve(read());
    });
  return {
    topic,
    partition: index,
    bounds: () => there(() => ({ low: partition.low(), high: partition.high() })),
    read: (from, messagesMax) => there(() => partition.slice(from, messagesMax)),
    wait: (next, signal) => (partition.high() > next ? Promise.resolve() : changed.next(signal)),
  };
};
