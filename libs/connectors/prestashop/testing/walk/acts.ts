/** What is sold, with how many units of it. */
export type SoldLine = {
  readonly id_product: number;
  readonly id_product_attribute: number;
  readonly quantity: number;
};

/**
 * Something that somebody does in a shop. Orders are named by when the walk made them, lines by their place: an act stays one
 * when others before it are left out, and does nothing where its order was.
 */
export type Act = { readonly seconds: number } & (
  | {
      readonly kind: 'order';
      readonly order: number;
      readonly by: 'shopper' | 'back_office' | 'webservice';
      readonly state: number;
      readonly shop: number;
      readonly lines: readonly SoldLine[];
      /** Of the webservice: a sum that is not the cart's makes the order a payment error. */
      readonly isPaidWrong: boolean;
    }
  | { readonly kind: 'state'; readonly order: number; readonly state: number; readonly by: Changer }
  | {
      readonly kind: 'refund';
      readonly order: number;
      readonly line: number;
      readonly units: number;
      readonly how: 'partial' | 'standard' | 'return';
      readonly restock: boolean;
      readonly voucherOnly: boolean;
    }
  | {
      readonly kind: 'cancel_line' | 'edit_line' | 'patch_line' | 'delete_line' | 'slip';
      readonly order: number;
      readonly line: number;
      readonly units: number;
    }
  | { readonly kind: 'add_line'; readonly order: number; readonly sold: SoldLine }
  | { readonly kind: 'vanish'; readonly order: number }
  | { readonly kind: 'pack_type'; readonly type: 0 | 1 | 2 }
  | { readonly kind: 'by_hand'; readonly sold: SoldLine; readonly shop: number }
);

export type Changer = 'back_office' | 'back_office_page' | 'history_row' | 'order_field';

/** What a walk may choose from. */
export type Choices = {
  readonly states: readonly number[];
  readonly shops: readonly number[];
  /** Product and combination. */
  readonly sold: readonly (readonly [number, number])[];
};

type Random = () => number;

const whole = (random: Random, min: number, max: number): number => min + Math.floor(random() * (max - min + 1));

const oneOf = <Value>(random: Random, values: readonly Value[]): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
};

const isSo = (random: Random): boolean => random() < 0.5;

const soldLine = (random: Random, { sold }: Choices): SoldLine => {
  const [id_product, id_product_attribute] = oneOf(random, sold);
  return { id_product, id_product_attribute, quantity: whole(random, 1, 5) };
};

/** Nobody has two lines of one product in a cart. */
const cartLines = (random: Random, choices: Choices): readonly SoldLine[] => {
  const lines = Array.from({ length: whole(random, 1, 4) }, () => soldLine(random, choices));
  return [...new Map(lines.map((line) => [`${line.id_product}-${line.id_product_attribute}`, line])).values()];
};

const newOrder = (random: Random, order: number, choices: Choices): Act => ({
  kind: 'order',
  seconds: whole(random, 0, 3),
  order,
  by: oneOf(random, ['shopper', 'shopper', 'back_office', 'webservice']),
  state: oneOf(random, choices.states),
  shop: oneOf(random, choices.shops),
  lines: cartLines(random, choices),
  isPaidWrong: random() < 0.3,
});

const changers: readonly Changer[] = ['back_office', 'back_office_page', 'history_row', 'order_field'];
const hows = ['partial', 'standard', 'return'] as const;
const lineActs = ['cancel_line', 'edit_line', 'edit_line', 'patch_line', 'delete_line', 'slip'] as const;

const onOrder = (random: Random, order: number, choices: Choices): Act => {
  const seconds = whole(random, 0, 3);
  const [line, units] = [whole(random, 0, 3), whole(random, 1, 6)];
  const chance = random();
  if (chance < 0.5)
    return { kind: 'state', seconds, order, state: oneOf(random, choices.states), by: oneOf(random, changers) };
  if (chance < 0.7) {
    const [restock, voucherOnly] = [isSo(random), random() < 0.3];
    return { kind: 'refund', seconds, order, line, units, how: oneOf(random, hows), restock, voucherOnly };
  }
  if (chance < 0.9) return { kind: oneOf(random, lineActs), seconds, order, line, units };
  if (chance < 0.98) return { kind: 'add_line', seconds, order, sold: soldLine(random, choices) };
  return { kind: 'vanish', seconds, order };
};

/** The next act. @param alive orders that there are @param next the number of a new one */
export const actAfter = (random: Random, alive: readonly number[], next: number, choices: Choices): Act => {
  const chance = random();
  if (chance < 0.02) return { kind: 'pack_type', seconds: 0, type: oneOf(random, [0, 1, 2] as const) };
  if (chance < 0.07) {
    const sold = { ...soldLine(random, choices), quantity: whole(random, -5, 60) };
    return { kind: 'by_hand', seconds: 0, sold, shop: oneOf(random, choices.shops) };
  }
  return alive.length === 0 || chance < 0.25
    ? newOrder(random, next, choices)
    : onOrder(random, oneOf(random, alive), choices);
};
