import { expect, it } from 'vitest';
import { patience, troubleOf } from '../../testing/asking.js';
import { recordedReply } from '../../testing/replay/recorded-reply.js';
import { html, withReplies } from '../../testing/replay/with-replies.js';
import { usePort } from '../../testing/with-port.js';
import { createWooCommercePort } from './create-port.js';

const withPort = usePort();

const row = '12-0';

/** What comes of a question and of a write. */
const meeting = async (made: Awaited<ReturnType<typeof withPort>>) => ({
  asked: troubleOf(await made.port.readBack([row], patience())),
  written: troubleOf(await made.port.write([{ row, quantity: 4, expected: 7 }], patience())),
  stock: made.shop.product(12).stock,
});

const mug = async (...[shop, options, access]: Parameters<typeof withPort>) => {
  const made = await withPort(shop, options, access);
  made.shop.createProduct({ sku: 'MUG', stock: 7 });
  return made;
};

const refused = 'misconfigured key_refused';

it('control: a key that may do everything asks and writes', async () => {
  expect(await meeting(await mug())).toEqual({ asked: 'answered', written: 'answered', stock: 4 });
});

it.each([
  ['an unknown key', { key: 'ck_0' }],
  ['a wrong secret', { secret: 'cs_0' }],
])('%s is for a person', async (_, access) => {
  expect(await meeting(await mug({}, {}, access))).toEqual({ asked: refused, written: refused, stock: 7 });
});

it('a key that may only read asks, and its write says which right is missing', async () => {
  const made = await mug();
  made.server.keys.set(made.server.key, { secret: made.server.secret, rights: 'read', mayManage: true });
  expect(await meeting(made)).toEqual({ asked: 'answered', written: 'misconfigured right_missing', stock: 7 });
});

it('http where the shop wants https looks like a wrong key, and the advice names https', async () => {
  const made = await mug({ isSecure: false });
  expect(await meeting(made)).toEqual({ asked: refused, written: refused, stock: 7 });
  expect(await made.port.readBack([row], patience())).toMatchObject({
    trouble: { detail: expect.stringContaining('https') as string },
  });
});

it('a shop in maintenance, which answers with a page, is busy and says for how long', async () => {
  const made = await mug();
  made.server.faults.add({ fault: { kind: 'maintenance' } });
  expect(await made.port.readBack([row], patience())).toMatchObject({
    trouble: { kind: 'busy', code: 'unavailable', retryAfterMillis: 600_000 },
  });
});

const met = (reply: Parameters<typeof withReplies>[0]) =>
  withReplies(reply, async (client) => troubleOf(await createWooCommercePort({ client }).readBack([row], patience())));

it('a plugin that was switched off is named', async () => {
  expect(await met(() => recordedReply('server.plugin-off'))).toBe('misconfigured woocommerce_off');
});

it('an order is not gone because the plugin is', async () => {
  const answer = await withReplies(
    () => recordedReply('server.plugin-off'),
    (client) => createWooCommercePort({ client }).order('12', patience()),
  );
  expect(troubleOf(answer)).toBe('misconfigured woocommerce_off');
});

it('half an answer is none', async () => {
  expect(await met(() => ({ status: 200, headers: {}, body: '[{"id":12,"parent_id":0,' }))).toBe(
    'unintelligible truncated',
  );
});

it('what stands before the shop is told apart from it', async () => {
  expect(await met(() => html(403))).toBe('misconfigured blocked');
  expect(await met(() => html(200))).toBe('unintelligible not_json');
});
