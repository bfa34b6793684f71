import type { Instant } from '#event-sourcing';
import type {
  AcknowledgeCommitment,
  Reserve,
  SetOrderTarget,
  SetQuota,
  StockCommand,
  TargetLine,
} from '../src/commands.js';
import type { OrderLine } from '../src/standing.js';
import { at } from './company.js';

/* What carts, orders and people ask for. A channel's own connection speaks unless a test says otherwise. */

type Some<Command> = Partial<Omit<Command, 'kind'>>;

export const reserveOf = (cart: string, quantity: number, rest: Some<Reserve> = {}): Reserve => ({
  kind: 'reserve',
  connection: 'web_shop',
  channel: 'web',
  cart,
  quantity,
  ...rest,
});

export const lineTarget = (
  line: string,
  version: number,
  promised: number,
  rest: Partial<TargetLine> = {},
): TargetLine => ({
  line,
  version,
  ordered: promised,
  promised,
  baselineIssued: 0,
  baselineReturned: 0,
  withheld: 0,
  paid: true,
  ...rest,
});
export const orderOf = (
  orderKey: string,
  lines: readonly TargetLine[],
  rest: Some<SetOrderTarget> = {},
): SetOrderTarget => ({
  kind: 'order_target',
  connection: `${rest.channel ?? 'web'}_shop`,
  channel: 'web',
  orderKey,
  placedAt: at('11:00'),
  occurredAt: at('11:00'),
  lines,
  ...rest,
});

type OneLine = Some<SetOrderTarget> & { readonly version?: number };
/** An order of one line, in its first version. */
export const order = (orderKey: string, quantity: number, { version = 1, ...rest }: OneLine = {}): SetOrderTarget =>
  orderOf(orderKey, [lineTarget('1', version, quantity)], rest);
/** The line of such an order. */
export const lineOfOrder = (orderKey: string, channel = 'web'): OrderLine => ({ channel, orderKey, line: '1' });

/** The warehouse's system knows of a commitment at `wh1`. */
export const acknowledged = (
  orderKey: string,
  quantity: number,
  occurredAt: Instant,
  rest: Some<AcknowledgeCommitment> = {},
): AcknowledgeCommitment => ({
  ...{ kind: 'acknowledge_commitment', connection: 'wms', order: lineOfOrder(orderKey), location: 'wh1' },
  ...{ quantity, state: 'acknowledged', occurredAt },
  ...rest,
});

/** At `wh1`, before all others. */
export const quotaOf = (channel: string, quantity: number, rest: Some<SetQuota> = {}): SetQuota => ({
  ...{ kind: 'set_quota', connection: 'erp', location: 'wh1', priority: 0 },
  ...{ channel, quantity },
  ...rest,
});
export const sweep: StockCommand = { kind: 'sweep', connection: 'operator' };
