import type { Standing } from './contest.js';
import type { Environment } from './environment.js';
import { rounded } from './statistics.js';

/** What a figure should be. `met` is only a statement: a bench measures, it does not fail. */
export type Expectation = {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
};

export type Report = {
  readonly name: string;
  readonly standings?: readonly Standing[];
  readonly figures?: Readonly<Record<string, number>>;
  readonly expectations: readonly Expectation[];
  readonly notes?: readonly string[];
};

export const isMet = ({ value, atLeast = -Infinity, atMost = Infinity }: Expectation): boolean =>
  value >= atLeast && value <= atMost;

export const linesOf = (report: Report, environment: Environment): string[] => [
  `bench ${report.name}`,
  ...Object.entries(environment).map(([name, value]) => `  ${name.padEnd(10)} ${value}`),
  ...(report.standings ?? []).map(standingLine),
  ...Object.entries(report.figures ?? {}).map(([name, value]) => `  ${name.padEnd(38)} ${rounded(value)}`),
  ...report.expectations.map(expectationLine),
  ...(report.notes ?? []).map((note) => `  note: ${note}`),
];

const standingLine = ({ name, perSecond, latencyMs: { p50, p99, max } }: Standing): string =>
  `  ${name.padEnd(38)} ${String(Math.round(perSecond)).padStart(8)}/s   p50 ${rounded(p50)} ms   p99 ${rounded(p99)} ms   max ${rounded(max)} ms`;

const expectationLine = (expectation: Expectation): string => {
  const { figure, value, unit, atLeast, atMost } = expectation;
  const wanted = atLeast !== undefined ? `at least ${atLeast}` : `at most ${atMost}`;
  return `  ${figure.padEnd(38)} ${rounded(value)} ${unit} (${wanted}: ${isMet(expectation) ? 'met' : 'MISSED'})`;
};

/** The same for machines: one object. */
export const jsonOf = (report: Report, environment: Environment): object => ({
  bench: report.name,
  environment,
  ...(report.standings && { standings: report.standings }),
  ...(report.figures && { figures: report.figures }),
  expectations: report.expectations.map((expectation) => ({ ...expectation, met: isMet(expectation) })),
  notes: report.notes ?? [],
});
