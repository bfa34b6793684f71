import { describe, expect, it } from 'vitest';
import { type SurveyAsked } from '#channel-kit';
import { type WooCommerceOptions } from '../../../../../test/servers/woocommerce/index.js';
import { patience, surveyAsked, troubleOf, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';
import { type WooCommercePortOptions } from './context.js';

const withPort = usePort();

const opened = async (options: Partial<WooCommercePortOptions> = {}, settings: WooCommerceOptions = {}) => {
  const one = await withPort(settings, options);
  const { port, shop } = one;
  const survey = (asked: Partial<SurveyAsked> = {}) => port.survey({ ...surveyAsked, ...asked }, patience());
  const notice = async (code: string, asked: Partial<SurveyAsked> = {}) =>
    valueOf(await survey(asked)).notices.find((one) => one.code === code)?.detail;
  const product = shop.createProduct({ stock: 10 }).id;
  const held = async () => {
    const sale = await shop.buy({ checkout: 'block', gateway: 'offsite', lines: [{ product, quantity: 2 }] });
    if (sale.kind === 'refused') throw new Error(sale.code);
    const order = valueOf(await port.order(String(sale.order.id), patience()));
    if (order === undefined) throw new Error('the order is there');
    const { holdEndsAtMillis } = order.view;
    return holdEndsAtMillis === undefined ? 0 : (holdEndsAtMillis - Date.parse(`${order.view.createdAt}Z`)) / 60_000;
  };
  return { ...one, survey, notice, held };
};

describe('how long a checkout keeps units', () => {
  it.each([
    ['the shop says', 45, undefined, 45],
    ['the shop says, whatever a person says', 45, 60, 45],
    ['the shop says: not at all', undefined, 60, 0],
  ])('is what %s', async (_, holdStockMinutes, said, minutes) => {
    const shop = await opened({ ...(said !== undefined && { holdStockMinutes: said }) }, { holdStockMinutes });
    expect(await shop.notice('hold_unknown')).toBeUndefined();
    expect(await shop.held()).toBe(minutes);
  });

  it('is read again with every survey', async () => {
    const { shop, survey, held } = await opened({}, { holdStockMinutes: 45 });
    valueOf(await survey());
    shop.configure({ holdStockMinutes: 20 });
    valueOf(await survey());
    expect(await held()).toBe(20);
  });

  it.each([
    ['as a person says where the shop keeps its settings to itself', 30, 30],
    ['nobody knows where nobody says it: people are told, and nothing is added to rows', undefined, 0],
  ])('is %s', async (_, said, minutes) => {
    const { server, notice, held } = await opened({ ...(said !== undefined && { holdStockMinutes: said }) });
    server.faults.add({ fault: { kind: 'html', status: 403 }, resource: 'settings' });
    expect((await notice('hold_unknown')) === undefined).toBe(said !== undefined);
    expect(await held()).toBe(minutes);
  });

  it('stays as it was known while the shop does not answer', async () => {
    const { server, survey, held } = await opened({}, { holdStockMinutes: 45 });
    valueOf(await survey());
    const heal = server.faults.add({ fault: { kind: 'maintenance' } });
    expect(troubleOf(await survey())).toBe('busy unavailable');
    heal();
    expect(await held()).toBe(45);
  });
});

describe('webhooks that the shop has switched off', () => {
  const ours = 'https://ledger.example/v1/channels/web/hints';
  const secret = { webhookSecret: 'hook-secret' };

  it('are switched on again where that is allowed, once, and people are told until all is well', async () => {
    const { shop, survey, notice } = await opened(secret);
    const [one, other] = ['order.created', 'order.updated'].map((topic) => shop.addWebhook(topic, ours).id);
    shop.disableWebhook(other ?? 0);
    expect(valueOf(await survey({ mayMend: true }))).toMatchObject({
      missedMessages: true,
      notices: expect.arrayContaining([
        { code: 'webhook_disabled', detail: expect.stringContaining(`${other} (order.updated)`) as string },
      ]) as unknown,
    });
    expect([one, other].map((id) => shop.context.webhooks.get(id ?? 0)?.status)).toEqual(['active', 'active']);
    expect(valueOf(await survey({ mayMend: true })).missedMessages).toBe(false);
    expect(await notice('webhook_disabled')).toBeUndefined();
  });

  it('are left alone, and told, where nothing may be changed in the shop', async () => {
    const { shop, notice } = await opened(secret);
    const { id } = shop.addWebhook('order.updated', ours);
    shop.disableWebhook(id);
    expect(await notice('webhook_disabled', { mayMend: false })).toContain('switch them on there');
    expect(shop.context.webhooks.get(id)?.status).toBe('disabled');
  });

  it.each([
    ['of somebody else', 'https://mail.example/hook', secret],
    ['of another channel', 'https://ledger.example/v1/channels/b2b/hints', secret],
    ['whose address is none', 'hints', secret],
    ['that nobody here believes', ours, {}],
  ])('are left alone %s', async (_, address, options) => {
    const { shop, survey } = await opened(options);
    const { id } = shop.addWebhook('order.updated', address);
    shop.disableWebhook(id);
    const found = valueOf(await survey({ mayMend: true }));
    expect([found.missedMessages, shop.context.webhooks.get(id)?.status]).toEqual([false, 'disabled']);
    expect(found.notices.filter(({ detail }) => detail !== undefined)).toEqual([]);
  });

  it('are no trouble where the key may not see them', async () => {
    const { server, survey } = await opened(secret);
    server.faults.add({ fault: { kind: 'html', status: 403 }, resource: 'webhooks' });
    expect(valueOf(await survey()).missedMessages).toBe(false);
  });
});
