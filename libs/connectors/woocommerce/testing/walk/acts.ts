/** What is sold, with how many units of it. The item is named by its place in the shop's shelf. */
export type SoldLine = { readonly item: number; readonly quantity: number };

export type Maker = 'rest' | 'classic' | 'block';
export type Gateway = 'bacs' | 'cod' | 'card' | 'offsite' | 'decline';

/** Something that somebody does to an order that there is. Lines are named by their place. */
export type OrderAct =
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'paid' }
  | { readonly kind: 'status_and_line'; readonly status: string; readonly line: number; readonly units: number }
  /** Two changes at once, of which each goes by what it has read before the other wrote, or not: by chance, the same for the same seed. */
  | { readonly kind: 'race'; readonly statuses: readonly [string, string]; readonly seed: number }
  | {
      readonly kind: 'refund';
      readonly lines: readonly { readonly line: number; readonly units: number }[];
      readonly restock: boolean;
      readonly isWhole: boolean;
    }
  | { readonly kind: 'unrefund' | 'save_form' | 'trash' | 'untrash' | 'delete' }
  | { readonly kind: 'edit_line' | 'save_line'; readonly line: number; readonly units: number }
  | { readonly kind: 'remove_line'; readonly line: number }
  | { readonly kind: 'move_line'; readonly line: number; readonly item: number }
  | { readonly kind: 'add_line' | 'add_by_hand'; readonly sold: SoldLine };

/**
 * Something that somebody does in a shop. Orders are named by when the walk made them: an act stays one when others before it
 * are left out, and does nothing where its order was.
 */
export type Act =
  | {
      readonly kind: 'order';
      readonly order: number;
      readonly by: Maker;
      readonly gateway: Gateway;
      readonly status: string;
      readonly isPaid: boolean;
      readonly lines: readonly SoldLine[];
    }
  /** One after another; the order is read after the last of them. */
  | { readonly kind: 'acts'; readonly order: number; readonly acts: readonly OrderAct[] }
  /** Carts that were left unpaid for too long are cancelled. */
  | { readonly kind: 'hour' }
  /** Of no order: somebody sets a figure, and whether an item's stock is managed at all. */
  | { readonly kind: 'by_hand'; readonly item: number; readonly quantity: number }
  | { readonly kind: 'manage'; readonly item: number; readonly isManaged: boolean };

type Random = () => number;

const whole = (random: Random, min: number, max: number): number => min + Math.floor(random() * (max - min + 1));

const oneOf = <Value>(random: Random, values: readonly Value[]): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
};

const isSo = (random: Random): boolean => random() < 0.5;

const statuses = ['pending', 'on-hold', 'processing', 'completed', 'cancelled', 'failed', 'refunded'] as const;
const gateways: readonly Gateway[] = ['bacs', 'cod', 'card', 'offsite', 'decline'];

/** Items on the shelf. */
export const itemsMax = 7;

const soldLine = (random: Random): SoldLine => ({
  item: whole(random, 0, itemsMax - 1),
  quantity: whole(random, 1, 5),
});

/** Nobody has two lines of one item in a cart. */
const cartLines = (random: Random): readonly SoldLine[] => {
  const lines = Array.from({ length: whole(random, 1, 3) }, () => soldLine(random));
  return [...new Map(lines.map((line) => [line.item, line])).values()];
};

const newOrder = (random: Random, order: number): Act => ({
  ...{ kind: 'order', order, by: oneOf(random, ['rest', 'rest', 'classic', 'block']) },
  ...{ gateway: oneOf(random, gateways), status: oneOf(random, statuses), isPaid: random() < 0.3 },
  lines: cartLines(random),
});

const place = (random: Random): number => whole(random, 0, 3);

const refund = (random: Random): OrderAct => {
  const lines = Array.from({ length: whole(random, 0, 2) }, (_, line) => ({ line, units: whole(random, 1, 4) }));
  return { kind: 'refund', lines, restock: random() < 0.7, isWhole: random() < 0.2 };
};

/** What one or more of may stand between two readings. */
const plainAct = (random: Random): OrderAct => {
  const chance = random();
  if (chance < 0.45) return { kind: 'status', status: oneOf(random, statuses) };
  if (chance < 0.5) return { kind: 'paid' };
  if (chance < 0.7) return refund(random);
  const [line, units] = [place(random), whole(random, 0, 6)];
  if (chance < 0.8)
    return { kind: oneOf(random, ['edit_line', 'save_line'] as const), line, units: Math.max(1, units) };
  return chance < 0.9
    ? { kind: 'add_line', sold: soldLine(random) }
    : { kind: 'status_and_line', status: oneOf(random, statuses), line, units };
};

/** What stands alone between two readings. */
const loneAct = (random: Random): OrderAct => {
  const chance = random();
  if (chance < 0.35) {
    const pair = [oneOf(random, statuses), oneOf(random, statuses)] as const;
    return { kind: 'race', statuses: isSo(random) ? [pair[0], pair[0]] : pair, seed: whole(random, 0, 999_999) };
  }
  if (chance < 0.5) return { kind: 'remove_line', line: place(random) };
  if (chance < 0.6) return { kind: 'move_line', line: place(random), item: whole(random, 0, itemsMax - 1) };
  if (chance < 0.7) return { kind: 'add_by_hand', sold: soldLine(random) };
  return { kind: oneOf(random, ['unrefund', 'save_form', 'save_form', 'trash', 'untrash', 'delete'] as const) };
};

const actsOn = (random: Random): readonly OrderAct[] => {
  const chance = random();
  if (chance < 0.35) return [loneAct(random)];
  return Array.from({ length: chance < 0.8 ? 1 : 2 }, () => plainAct(random));
};

/** The next act. @param alive orders that there are @param next the number of a new one */
export const actAfter = (random: Random, alive: readonly number[], next: number): Act => {
  const chance = random();
  const item = whole(random, 0, itemsMax - 1);
  if (chance < 0.02) return { kind: 'hour' };
  if (chance < 0.06) return { kind: 'by_hand', item, quantity: whole(random, -5, 60) };
  if (chance < 0.08) return { kind: 'manage', item, isManaged: isSo(random) };
  return alive.length === 0 || chance < 0.25
    ? newOrder(random, next)
    : { kind: 'acts', order: oneOf(random, alive), acts: actsOn(random) };
};
