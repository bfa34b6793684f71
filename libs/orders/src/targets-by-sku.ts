import type { Changing, Instant, Revision } from '#event-sourcing';
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

type ToldLine = SkuTarget['lines'][number];

const withoutSku = (target: LineTarget): ToldLine => {
  const { line, version, ordered, promised, baselineIssued, baselineReturned, withheld, paid } = target;
  const told: Changing<ToldLine> = {
    line,
    version,
    ordered,
    promised,
    baselineIssued,
    baselineReturned,
    withheld,
    paid,
  };
  if (target.shipped !== undefined) told.shipped = target.shipped;
  if (target.restocked !== undefined) told.restocked = target.restocked;
  if (target.location !== undefined) told.location = target.location;
  return told;
};

const commandOf = ({ data, occurredAt }: Told, targets: readonly LineTarget[]): SkuTarget => {
  const { connection, channel, orderKey, placedAt, reservation } = data;
  const lines = targets.map(withoutSku);
  return reservation === undefined
    ? { kind: 'order_target', connection, channel, orderKey, placedAt, occurredAt, lines }
    : { kind: 'order_target', connection, channel, orderKey, placedAt, occurredAt, reservation, lines };
};

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
  const commands = new Map<string, SkuTarget>();
  for (const [sku, targets] of lines) commands.set(sku, commandOf(event, targets));
  return commands;
};
