import { unitsOf } from '../world/count.js';
import type { Exposure } from '../world/exposure.js';
import { isSettled, type Verdict } from '../checks.js';

export type DemoResult = {
  readonly withModule: boolean;
  readonly verdict: Verdict;
  readonly exposure: Exposure;
  /** From the last order until every page was right; undefined: it never was. */
  readonly settledSeconds: number | undefined;
  /** What the ledger would call people for. */
  readonly alerts: readonly string[];
};

/** Nothing was sold twice where shops ask first, and in the end everybody agrees. */
export const isGood = ({ verdict, withModule }: DemoResult): boolean =>
  withModule && verdict.oversoldProtected.length === 0 && isSettled(verdict);

const examplesMax = 5;
const round = (millis: number): string => `${(millis / 1_000).toFixed(1)} s`;

const examplesOf = ({ oversoldProtected, oversoldExposed }: Verdict): readonly string[] =>
  [...oversoldProtected, ...oversoldExposed]
    .slice(0, examplesMax)
    .map(({ sku, had, sold }) => `  ${sku}: there were ${had}, ${sold} were sold`);

const disagreementsOf = ({ wrongPages, wrongBooks }: Verdict): readonly string[] => [
  ...wrongPages
    .slice(0, examplesMax)
    .map(({ channel, sku, shows, shouldBe }) => `  wrong: ${channel} shows ${shows} of ${sku}, should be ${shouldBe}`),
  ...wrongBooks
    .slice(0, examplesMax)
    .map(({ sku, left, believed }) => `  wrong: ${left} of ${sku} are left, the ledger says ${believed}`),
];

export const resultLinesOf = (result: DemoResult): readonly string[] => {
  const { verdict, exposure, settledSeconds, withModule, alerts } = result;
  const settled = settledSeconds === undefined ? 'never' : `${settledSeconds.toFixed(1)} s after the last order`;
  return [
    `sold ${verdict.soldUnits} units; sold twice where ${withModule ? 'every seller asks the ledger first' : 'nobody asks first, in the shops alone'}: ${unitsOf(verdict.oversoldProtected)}`,
    `sold twice where the marketplace sells too: ${unitsOf(verdict.oversoldExposed)}`,
    ...examplesOf(verdict),
    `the marketplace: ${exposure.sales} sales, its page knew of a sale after ${round(exposure.p50)} (p50), ${round(exposure.p99)} (p99), ${round(exposure.max)} at most; ${exposure.unpromised} of units that nobody had promised`,
    `every page right, and the ledger with every order: ${settled}`,
    ...disagreementsOf(verdict),
    ...alerts.map((alert) => `alert: ${alert}`),
    isGood(result) ? 'Nothing was sold twice where shops ask first.' : notGood(result),
  ];
};

const notGood = ({ verdict, withModule }: DemoResult): string => {
  if (!withModule) return 'Without the module nobody asks first: what was sold twice stands above.';
  return verdict.oversoldProtected.length > 0
    ? 'SOLD TWICE where shops ask first.'
    : 'Not everybody agrees in the end.';
};

/** What a machine reads on the last line. */
export const jsonOf = (result: DemoResult): object => ({
  good: isGood(result),
  withModule: result.withModule,
  soldUnits: result.verdict.soldUnits,
  oversoldProtected: unitsOf(result.verdict.oversoldProtected),
  oversoldExposed: unitsOf(result.verdict.oversoldExposed),
  wrongPages: result.verdict.wrongPages.length,
  wrongBooks: result.verdict.wrongBooks.length,
  settledSeconds: result.settledSeconds ?? null,
  exposure: result.exposure,
  alerts: result.alerts.length,
});
