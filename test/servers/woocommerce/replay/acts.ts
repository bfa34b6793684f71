import type { LineEdit } from '../shop/edits.js';
import type { Order } from '../shop/rows.js';
import type { Shop } from '../shop/shop.js';

/** One order of a shop, as a recording speaks of it: units and amounts times `factor`. */
export type Played = {
  readonly shop: Shop;
  readonly order: number;
  readonly product: number;
  readonly other: number;
  readonly factor: number;
};

type Act = (played: Played, match: Readonly<Record<string, string>>) => unknown;

const linesOf = ({ shop, order }: Played): Order['lines'] => shop.order(order)?.lines ?? [];
const firstLine = (played: Played): number => linesOf(played)[0]?.id ?? 0;
const lastLine = (played: Played): number => linesOf(played).at(-1)?.id ?? 0;

const edit = (played: Played, line: LineEdit, status?: string): unknown =>
  played.shop.updateOrder(played.order, { lines: [line], ...(status !== undefined && { status }) });

const units = ({ factor }: Played, text: string | undefined): number => Number(text) * factor;

const refundOf = (
  played: Played,
  amount: number,
  restock: boolean,
  quantity = 0,
  line = firstLine(played),
): unknown => {
  const lines = quantity === 0 ? [] : [{ line, quantity }];
  return played.shop.refund(played.order, { amount: amount * played.factor, lines, restock });
};

const enter: Act = ({ shop, order }, { status }) => shop.updateOrder(order, { status: status ?? '' });

/** What the words of the recordings mean, the first that fits. */
const acts: readonly (readonly [RegExp, Act])[] = [
  [/^PUT set_paid true$/u, ({ shop, order }) => shop.updateOrder(order, { setPaid: true })],
  [/^refund 33\.00 with lines$/u, (played) => refundOf(played, 33, true, units(played, '3'))],
  [/^refund 33\.00 api_restock false$/u, (played) => refundOf(played, 33, false, units(played, '3'))],
  [/^refund 33\.00$/u, (played) => refundOf(played, 33, true)],
  [/^POST refund amount 10, no lines$/u, (played) => refundOf(played, 10, true)],
  [/^POST refund all the rest, amount only$/u, (played) => refundOf(played, 20, true)],
  [/^POST refund 3 of 3$/u, (played) => refundOf(played, 30, true, units(played, '3'))],
  [/^POST refund (?<n>\d) of 3, api_restock false$/u, (played, { n }) => refundOf(played, 10, false, units(played, n))],
  [
    /^refund (?<n>\d) of second line, restock (?<how>not ticked|ticked)$/u,
    (played, { n, how }) => refundOf(played, 1, how === 'ticked', units(played, n), lastLine(played)),
  ],
  [
    /^(?:POST )?refund (?<n>\d)(?: of 3)?(?:, default| restock| more)?$/u,
    (played, { n }) => refundOf(played, 10, true, units(played, n)),
  ],
  [
    /^(?:DELETE the refund|delete the restocked refund)$/u,
    ({ shop, order }) => shop.deleteRefund(order, shop.order(order)?.refunds[0]?.id ?? 0),
  ],
  [/^then cancel$/u, ({ shop, order }) => shop.updateOrder(order, { status: 'cancelled' })],
  [/^(?:then )?(?<status>cancelled|processing|completed)(?: again)?$/u, enter],
  [/^PUT status (?<status>[a-z-]+)$/u, enter],
  [
    /^PUT status (?<status>[a-z-]+) \+ quantity (?<n>\d)$/u,
    (played, { status, n }) => edit(played, { id: firstLine(played), quantity: units(played, n) }, status),
  ],
  [
    /^PUT line quantity (?<n>\d)$/u,
    (played, { n }) => edit(played, { id: firstLine(played), quantity: units(played, n) }),
  ],
  [
    /^PUT add a line of (?<n>\d)$/u,
    (played, { n }) => edit(played, { product: played.product, quantity: units(played, n) }),
  ],
  [/^PUT line product_id null$/u, (played) => edit(played, { id: firstLine(played), product: null })],
  [/^PUT line product_id other$/u, (played) => edit(played, { id: firstLine(played), product: played.other })],
  [/^(?:DELETE \(trash\)(?: by REST)?|bulk trash)$/u, ({ shop, order }) => shop.trashOrder(order)],
  [/^(?:untrash \(php\)|bulk untrash)$/u, ({ shop, order }) => shop.untrashOrder(order)],
  [/^(?:DELETE force by REST|bulk delete)$/u, ({ shop, order }) => shop.deleteOrder(order)],
  [/^bulk mark_(?<status>[a-z-]+)$/u, enter],
  [
    /^(?:wc_save_order_items qty|save line to) (?<n>\d)(?: \(save_order_items\))?$/u,
    (played, { n }) => played.shop.saveItems(played.order, [{ id: firstLine(played), quantity: units(played, n) }]),
  ],
  [
    /^add an item of (?<n>\d) \(add_order_item\)$/u,
    (played, { n }) => played.shop.addItem(played.order, { product: played.product, quantity: units(played, n) }),
  ],
  [
    /^remove the first line \(remove_order_item\)$/u,
    (played) => played.shop.saveItems(played.order, [{ id: firstLine(played), quantity: 0 }]),
  ],
  [/^save order form: status [a-z]+$/u, ({ shop, order }) => shop.saveForm(order)],
];

/** Does what a recorded step says. @throws Error for words that nobody knows */
export const playAct = async (played: Played, words: string): Promise<void> => {
  for (const [pattern, act] of acts) {
    const match = pattern.exec(words);
    if (match === null) continue;
    await act(played, match.groups ?? {});
    return;
  }
  throw new Error(`Nobody knows what this is: ${words}`);
};
