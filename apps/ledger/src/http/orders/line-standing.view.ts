import { returnExpectedOf, unsourcedOf, type Committed, type LineStanding } from '#stock';

/** What an order line has of a SKU, in base units. `returnExpected`: issued beyond what the order still wants of it. */
export type LineStandingView = {
  readonly committed: readonly Committed[];
  /** Of them those that a warehouse has been asked for. */
  readonly sent: readonly Committed[];
  /** Owed, and covered by no place. */
  readonly unsourced: number;
  readonly issued: number;
  readonly returned: number;
  readonly returnExpected: number;
};

export const lineStandingView = (channel: string, line: LineStanding): LineStandingView => {
  const owed = unsourcedOf(channel);
  return {
    committed: line.committed.filter(({ location }) => location !== owed),
    sent: line.sent,
    unsourced: line.committed.find(({ location }) => location === owed)?.quantity ?? 0,
    issued: line.issued,
    returned: line.returned,
    returnExpected: returnExpectedOf(line),
  };
};
