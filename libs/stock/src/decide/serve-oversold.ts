import { servedLinesMax } from '../bounds.js';
import { unsourcedOf } from '../parts.js';
import { owedOf } from '../state/lines.js';
import type { StockState } from '../state/state.js';
import { commitmentMoved } from './commitment-moved.js';
import type { Draft } from './draft.js';
import { freeFor } from './free-units.js';

const channelsThatOwe = (state: StockState): readonly string[] =>
  [...state.balances.entries('unsourced:')]
    .filter(([location, { sellable }]) => location.startsWith('unsourced:') && sellable < 0)
    .map(([location]) => location.slice('unsourced:'.length));

/** The first lines of a channel, as they are to be served; the key starts with the channel. */
const firstLines = (state: StockState, channel: string): readonly (readonly [string, string])[] => {
  const found: (readonly [string, string])[] = [];
  for (const [rank, key] of state.oversold.entries(`${channel}|`)) {
    if (!rank.startsWith(`${channel}|`) || found.length > servedLinesMax) break;
    found.push([rank.slice(channel.length), key]);
  }
  return found;
};

/** Lines of all channels that some free unit could serve: paid first, then the oldest, then by key. */
const candidates = (draft: Draft): readonly string[] => {
  const state = draft.state();
  return channelsThatOwe(state)
    .filter((channel) => freeFor(draft, channel).length > 0)
    .flatMap((channel) => firstLines(state, channel))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, key]) => key);
};

const serveLine = (draft: Draft, key: string): void => {
  const record = draft.state().lines.get(key);
  if (!record) return;
  const from = unsourcedOf(record.order.channel);
  for (const { location: to, from: taken, quantity: free } of freeFor(draft, record.order.channel)) {
    const current = draft.state().lines.get(key) ?? record;
    const quantity = Math.min(owedOf(current.order, current.line), free);
    const move = { from, to, quantity, reason: 'oversold_served', taken } as const;
    if (quantity > 0) draft.emit(commitmentMoved(draft, current, move));
  }
};

/**
 * A target leaves unsourced only what found no free unit; looking at the state would evolve it for nothing. But units
 * that the same target then takes back from the customer (a voided issue, a return), and units that a count had found
 * missing and that were issued, are free only after it; and before its release a SKU is not taken from where it is.
 */
const mayOwe = ({ before, events, policy }: Draft): boolean => {
  if (before.oversold.size > 0) return true;
  for (const { type, data } of events) {
    if (type === 'CommitmentMoved' || type === 'CountRevised') return true;
    if ('order' in data && policy.channels.get(data.order.channel)?.preorder !== undefined) return true;
    for (const { from } of data.parts) if (from === 'customer') return true;
  }
  return false;
};

/**
 * Units that are free go to the lines that no place covered, before anybody can buy them. The sweep serves the rest: false
 * where some are left, so that nobody who comes after them is served first.
 */
export const serveOversold = (draft: Draft): boolean => {
  if (!mayOwe(draft)) return true;
  const waiting = candidates(draft);
  for (const key of waiting.slice(0, servedLinesMax)) serveLine(draft, key);
  return waiting.length <= servedLinesMax || candidates(draft).length === 0;
};
