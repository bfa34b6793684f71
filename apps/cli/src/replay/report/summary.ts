import type { WrongSku } from '../check/oracle.js';
import type { Played } from '../play/player.js';

/** A SKU that many asked for, and what each channel may promise of it now. */
export type HotSku = { readonly sku: string; readonly atp: Readonly<Record<string, number>> };

/** Where the time of a replay went, in seconds. */
export type Phases = Readonly<Record<'start' | 'survey' | 'play' | 'settle' | 'check', number>>;

export type Summary = {
  readonly lines: number;
  readonly played: Played;
  /** Appended by this run. */
  readonly events: number;
  readonly phases: Phases;
  readonly peakRssMb: number;
  /** Undefined: nothing was compared. */
  readonly wrong?: readonly WrongSku[];
  readonly broken: readonly string[];
  readonly hottest: readonly HotSku[];
};

/** More of the same kind tell nothing new. */
const shownMax = 10;

export const secondsOf = ({ phases }: Summary): number =>
  Object.values(phases).reduce((sum, seconds) => sum + seconds, 0);

/** Did the year come out right? */
export const isRight = ({ played, wrong = [], broken }: Summary): boolean =>
  played.refused === 0 && wrong.length === 0 && broken.length === 0;

/** What a machine reads on the last line. */
export const jsonOf = (summary: Summary): object => ({
  lines: summary.lines,
  commands: summary.played.commands,
  events: summary.events,
  seconds: rounded(secondsOf(summary)),
  peakRssMb: summary.peakRssMb,
  skusWrong: summary.wrong?.length ?? null,
  invariantsBroken: summary.broken.length,
});

export const linesOf = (summary: Summary): string[] => {
  const { lines, played, events, phases, peakRssMb, wrong, broken, hottest } = summary;
  const seconds = secondsOf(summary);
  return [
    row('lines', `${count(lines)} (${count(played.still)} move nothing: services, bad debt)`),
    row(
      'commands',
      `${count(played.commands)} (${count(played.orders)} orders, ${count(played.facts)} facts, ${count(played.refused)} refused)`,
    ),
    row('events', `${count(events)} appended`),
    row(
      'seconds',
      `${rounded(seconds)} (${Object.entries(phases)
        .map(([name, took]) => `${name} ${rounded(took)}`)
        .join(', ')})`,
    ),
    row('events per second', count(Math.round(events / Math.max(seconds, 0.001)))),
    row('peak RSS', `${peakRssMb} MB`),
    row('SKUs wrong', wrong === undefined ? 'not compared (--verify)' : count(wrong.length)),
    row('invariants broken', count(broken.length)),
    ...played.refusals.map(({ of, why }) => `  refused ${of}: ${why}`),
    ...(wrong ?? [])
      .slice(0, shownMax)
      .map(({ sku, expected, onHand }) => `  wrong ${sku}: ${onHand} on hand, should be ${expected}`),
    ...broken.slice(0, shownMax).map((rule) => `  broken ${rule}`),
    ...(hottest.length === 0 ? [] : ['available to promise of the hottest SKUs']),
    ...hottest.map(({ sku, atp }) =>
      row(
        `  ${sku}`,
        Object.entries(atp)
          .map(([channel, units]) => `${channel} ${count(units)}`)
          .join('   '),
      ),
    ),
  ];
};

const row = (name: string, value: string): string => `${name.padEnd(18)} ${value}`;
const count = (value: number): string => value.toLocaleString('en-GB');
const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
