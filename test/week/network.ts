import type { KeptOrder } from '#apps/channels';
import type { ChannelPort, RowKey } from '#channel-kit';
import type { Clock } from '#event-sourcing';
import type { Gauge } from './gauge.js';

/** Told which rows the request is to write, and by whose name something has happened to it already. */
type Happens = (rows: readonly RowKey[], done: Set<string>) => Promise<void>;

/** Something that happens while a write of this row is on its way. */
type Meanwhile = { readonly channel: string; readonly row: RowKey; readonly happens: Happens };

/** The way to the shops: what is asked takes its time, and things happen meanwhile. */
export type Network = {
  /** A shop's port as it looks from afar. */
  readonly over: (channel: string, port: ChannelPort<KeptOrder>, clock: Clock) => ChannelPort<KeptOrder>;
  /** Nothing is on its way to a shop or back. */
  readonly isQuiet: () => boolean;
  /** The next time that somebody writes the row, this happens between the request and its work. Answers how to forget it. */
  readonly meanwhile: (channel: string, row: RowKey, happens: Happens) => () => void;
};

/** There and back, as measured of shops on two cores; a reading of the feed asks five times, one of an order four times. */
const millisOf = { feed: 60, order: 40, readBack: 20, write: 30, listings: 40 } as const;

/** @param onFeed told when a shop begins to answer what has changed */
export const createNetwork = (gauge: Gauge, onFeed: (channel: string) => void): Network => {
  const waiting = new Set<Meanwhile>();
  let onTheWay = 0;
  const happenings = async (channel: string, rows: readonly RowKey[]): Promise<void> => {
    const done = new Set<string>();
    for (const one of [...waiting].filter((some) => some.channel === channel && rows.includes(some.row))) {
      waiting.delete(one);
      await one.happens(rows, done);
    }
  };
  return {
    over: (channel, port, clock) => {
      const slowly =
        <Given extends readonly unknown[], Value>(
          what: keyof typeof millisOf,
          ask: (...given: Given) => Promise<Value>,
        ) =>
        async (...given: Given): Promise<Value> => {
          onTheWay += 1;
          await clock.sleep(millisOf[what] / 2);
          const value = await gauge.during(`${what} at ${channel}`, () => ask(...given));
          await clock.sleep(millisOf[what] / 2);
          onTheWay -= 1;
          return value;
        };
      return {
        ...port,
        ordersSince: slowly('feed', (cursors, signal) => {
          onFeed(channel);
          return port.ordersSince(cursors, signal);
        }),
        order: slowly('order', port.order),
        readBack: slowly('readBack', port.readBack),
        listings: slowly('listings', port.listings),
        write: slowly('write', async (changes, signal) => {
          await happenings(
            channel,
            changes.map(({ row }) => row),
          );
          return port.write(changes, signal);
        }),
      };
    },
    isQuiet: () => onTheWay === 0,
    meanwhile: (channel, row, happens) => {
      const one = { channel, row, happens };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
  };
};
