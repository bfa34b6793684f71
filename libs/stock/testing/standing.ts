import { availability, type Availability } from '#atp';
import type { LineStanding, OrderLine } from '../src/standing.js';
import { lineKeyOf } from '../src/keys.js';
import { onHandOf } from '../src/state/balances.js';
import { quotaIn } from '../src/state/quotas.js';
import { supplyOf } from '../src/state/supply.js';
import { channelNamed, now as noon, policy as company } from './company.js';
import { lineOfOrder } from './requests.js';
import type { Circumstances, Run } from './run.js';

/* How a SKU stands after what has happened to it. */

/** S/R/C/Q of a location: sellable, reserved, committed, quarantined. */
export const srcq = ({ state }: Run, location: string): readonly [number, number, number, number] => {
  const balances = state.balances.get(location);
  return balances ? [balances.sellable, balances.reserved, balances.committed, balances.quarantined] : [0, 0, 0, 0];
};
export const onHand = ({ state }: Run, location = 'wh1'): number => {
  const balances = state.balances.get(location);
  return balances ? onHandOf(balances) : 0;
};
export const sellableAt = (of: Run, location = 'wh1'): number => srcq(of, location)[0];

/** An order's line, a closed one too. */
export const standingOfLine = ({ state }: Run, order: OrderLine): LineStanding | undefined => {
  const key = lineKeyOf(order);
  const record = state.lines.get(key) ?? state.facts.get(key);
  return record?.kind === 'line' ? record.line : undefined;
};
/** The only line of an order. */
export const lineOf = (of: Run, orderKey = 'o1', channel = 'web'): LineStanding | undefined =>
  standingOfLine(of, lineOfOrder(orderKey, channel));
/** Out of which lines of purchase orders it was promised how much. */
export const promisesOf = (of: Run, orderKey = 'o1', channel = 'web') =>
  (lineOf(of, orderKey, channel)?.backordered ?? []).map(({ incomingLine, quantity }) => [incomingLine, quantity]);

/** What a channel is told. */
export const answerOf = (
  { state }: Run,
  channel = 'web',
  { now = noon, policy = company }: Circumstances = {},
): Availability => availability(supplyOf(state, now), { ...policy, channel: channelNamed(channel, policy) }, now);
export const atpOf = (of: Run, channel = 'web', rest: Circumstances = {}): number => answerOf(of, channel, rest).atp;

/** A channel's quota at a location. */
export const quotaStanding = ({ state }: Run, channel: string, location = 'wh1') => {
  const { fenced, lacking, spent } = quotaIn(state, { channel, location });
  return { fenced, lacking, spent };
};
