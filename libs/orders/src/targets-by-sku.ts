import type { Instant, Revision } from '#event-sourcing';
import type { LineTarget, OrderTargetsSet } from './events.js';

/** What one SKU stream is told of an order: the shape of its `order_target` command. */
export type SkuTarget = {
  readonly kind: 'order_target';
  readonly connection: string;
  readonly channel: string;
  readonly orderKey: string;
  readonly placedAt: Instant;
  readonly occurredAt: Instant;
  readonly reservation?: string;
  readonly lines: readonly Omit<LineTarget, 'sku'>[];
};

type Told = Pick<OrderTargetsSet, 'data' | 'occurredAt'>;

const withoutSku = ({ sku: _sku, ...line }: LineTarget): Omit<LineTarget, 'sku'> => line;

const commandOf = ({ data, occurredAt }: Told, lines: readonly LineTarget[]): SkuTarget => ({
  kind: 'order_target',
  connection: data.connection,
  channel: data.channel,
  orderKey: data.orderKey,
  placedAt: data.placedAt,
  occurredAt,
  ...(data.reservation === undefined ? {} : { reservation: data.reservation }),
  lines: lines.map(withoutSku),
});

/**
 * The commands that carry targets to their SKU streams, one per SKU with all its lines in the order of freezing.
 * `changedSince`: only lines whose target changed at that revision of the order or later (the event's own revision:
 * what it changed); lines that did not are facts that the SKU streams know already.
 */
export const targetsBySku = (event: Told, changedSince: Revision = 0): ReadonlyMap<string, SkuTarget> => {
  const lines = new Map<string, LineTarget[]>();
  for (const target of event.data.targets) {
    if (target.version < changedSince) continue;
    const ofSku = lines.get(target.sku);
    if (ofSku === undefined) lines.set(target.sku, [target]);
    else ofSku.push(target);
  }
  return new Map([...lines].map(([sku, targets]) => [sku, commandOf(event, targets)]));
};
