import type { MessageConsumer, PositionStore } from '#messaging';

/**
 * A consumer whose groups begin with `prefix` at the brokers and without it everywhere else, positions included. Ledgers
 * on one cluster must not meet in one group: its members share out the topics of one of them, and nobody reads the others'.
 */
export const withGroupPrefix = (consumer: MessageConsumer, prefix: string): MessageConsumer => ({
  ...consumer,
  consume: (options) =>
    consumer.consume({
      ...options,
      group: prefix + options.group,
      positions: positionsOf(options.group, options.positions),
    }),
});

const positionsOf = (group: string, positions: PositionStore): PositionStore => ({
  load: (_, topic) => positions.load(group, topic),
  advance: (_, ...rest) => positions.advance(group, ...rest),
  reset: (_, ...rest) => positions.reset(group, ...rest),
});
