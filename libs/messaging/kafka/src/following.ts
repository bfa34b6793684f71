import type { ConsumerOptions } from '#messaging';
import type { Intakes } from './intakes.js';
import type { Member } from './member.js';
import type { ConsumerTimings, KafkaConsumerOptions } from './options.js';
import type { TopicWatch } from './topic-watch.js';

/** A consumer at work: what its clients, one after another, have in common. */
export type Following = {
  readonly connection: KafkaConsumerOptions;
  readonly options: ConsumerOptions;
  readonly timings: ConsumerTimings;
  readonly watch: TopicWatch;
  readonly intakes: Intakes;
  /** The client that fetches now. */
  member: Member | undefined;
};
