import { expect, it } from 'vitest';
import { patience, troubleOf, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';
import { createWooCommercePort } from './create-port.js';

const withPort = usePort();

/** An order as the shop shows it, but for what is given here. */
const reading = async (over: object) => {
  const { shop, client } = await withPort();
  const product = shop.createProduct({ sku: 'MUG', stock: 10 }).id;
  const { id } = await shop.createOrder({ lines: [{ product, quantity: 3 }], status: 'processing' });
  const send: typeof client.send = async (request, signal) => {
    const answer = await client.send(request, signal);
    const isOrder = answer.kind === 'ok' && request.resource === `orders/${id}`;
    return isOrder ? { ...answer, value: { ...(answer.value as object), ...over } } : answer;
  };
  const port = createWooCommercePort({ client: { ...client, send } });
  return { port, answer: await port.order(String(id), patience()) };
};

it("names the cart by whose hold the ledger's module has made it", async () => {
  const value = 'b1946ac92492d2347c6235b4d2611184';
  const { port, answer } = await reading({ meta_data: [{ id: 1, key: '_stockledger_reservation', value }] });
  const described = port.describe(valueOf(answer)!);
  expect([described.cart, described.snapshot.cart]).toEqual([value, value]);
});

it.each([[''], ['two words'], ['x'.repeat(65)], [7]])('names no cart by %j', async (value) => {
  const { port, answer } = await reading({ meta_data: [{ id: 1, key: '_stockledger_reservation', value }] });
  expect(port.describe(valueOf(answer)!).snapshot).not.toHaveProperty('cart');
});

it.each([
  ['lines', { line_items: 'none' }],
  ['a date', { date_completed_gmt: 'today' }],
  ['a key', { order_key: null }],
])('without %s that can be read is no order', async (_, over) => {
  expect(troubleOf((await reading(over)).answer)).toBe('unintelligible malformed');
});
