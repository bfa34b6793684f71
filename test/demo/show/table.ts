import type { Played } from '../play.js';

export type ChannelLine = {
  readonly channel: string;
  readonly asksFirst: boolean;
  /** Units that its pages say that there are. */
  readonly shown: number;
  readonly orders: number;
  readonly sold: number;
  readonly played: Played;
  /** Figures that the ledger has written there. */
  readonly writes: number;
};

export type Snapshot = {
  readonly seconds: number;
  readonly had: number;
  /** By the ledger: what may still be promised. */
  readonly left: number;
  readonly channels: readonly ChannelLine[];
  /** By the shops' own orders. */
  readonly oversoldProtected: number;
  readonly oversoldExposed: number;
  /** Pages that do not show what the ledger says at this moment: on their way. */
  readonly pagesBehind: number;
};

const columns = ['channel', 'asks first', 'shown', 'orders', 'sold', 'turned back', 'found none', 'writes'] as const;
const width = 12;

const count = (value: number): string => value.toLocaleString('en-GB');
const line = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(width) : cell.padStart(width))).join(' ');

const cellsOf = ({ channel, asksFirst, shown, orders, sold, played, writes }: ChannelLine): readonly string[] => [
  channel,
  asksFirst ? 'yes' : 'no',
  ...[shown, orders, sold, played.turnedBack, played.missed, writes].map(count),
];

const totalOf = ({ channels }: Snapshot): number => channels.reduce((sum, { sold }) => sum + sold, 0);

/** The state of the day, for people. */
export const linesOf = (snapshot: Snapshot): readonly string[] => [
  line(columns),
  ...snapshot.channels.map((channel) => line(cellsOf(channel))),
  '',
  `units there were ${count(snapshot.had)}, sold ${count(totalOf(snapshot))}, left by the ledger ${count(snapshot.left)}`,
  `sold twice: ${count(snapshot.oversoldProtected)} where shops ask first, ${count(snapshot.oversoldExposed)} elsewhere`,
  `pages behind the ledger: ${count(snapshot.pagesBehind)}`,
];

/** The same on one line, where there is no terminal. */
export const plainLineOf = (snapshot: Snapshot): string =>
  [
    `${snapshot.seconds.toFixed(0).padStart(4)} s`,
    ...snapshot.channels.map(({ channel, shown, sold }) => `${channel} shows ${count(shown)}, sold ${count(sold)}`),
    `left ${count(snapshot.left)}`,
    `sold twice ${count(snapshot.oversoldProtected)} + ${count(snapshot.oversoldExposed)}`,
    `behind ${count(snapshot.pagesBehind)}`,
  ].join('; ');
