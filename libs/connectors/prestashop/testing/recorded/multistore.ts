import { type ShopView } from '../../src/index.js';
import { orderOf } from './rebuilt-order.js';
import { givenOf, type RecordedCase } from './recorded-case.js';
import { keyNamed, type RecordedStep, stepOf } from './step.js';

/** Orders of three units in one of four shops; their state is lost, wire transfer (10) is what that recorder paid with. */
const order = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  if (!one.name.startsWith('multistore-order-')) return undefined;
  const after = orderOf([10], [{ product: '6-0', quantity: 3 }], { shopId: Number(givenOf(one)['shop']) });
  return stepOf(one, 'multistore', { shop, after });
};

/** Writes of the recorder by the webservice: no other row may have moved. */
const write = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  if (!one.name.startsWith('multistore-ws-patch-')) return undefined;
  const { s, g } = givenOf(one);
  const product = one.name.includes('combination') ? '1-1' : '6-0';
  return stepOf(one, 'multistore', { shop, written: [keyNamed(`${product}@s${Number(s)}g${Number(g)}`)] });
};

export const multistore = (one: RecordedCase, shop: ShopView): readonly RecordedStep[] | undefined => {
  const step = order(one, shop) ?? write(one, shop);
  return step === undefined ? undefined : [step];
};
