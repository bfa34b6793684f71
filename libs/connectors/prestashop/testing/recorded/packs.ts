import { type ShopView } from '../../src/index.js';
import { orderOf, type RebuiltLine } from './rebuilt-order.js';
import { givenOf, type RecordedCase } from './recorded-case.js';
import { keyNamed, type RecordedStep, stepOf } from './step.js';

/**
 * Of packs the recorder kept the rows alone, neither the order nor its states: both are rebuilt from what was done, as the
 * webservice would have shown them. The line is three packs.
 */
const quantity = 3;

const productOf: Readonly<Record<string, string>> = { 0: '20-0', 1: '21-0', 2: '22-0', 3: '23-0', c: '24-0' };

const packLine = (type: string): RebuiltLine => ({ product: productOf[type] ?? '', quantity });

const made = (one: RecordedCase, shop: ShopView, line: RebuiltLine, state: number): RecordedStep =>
  stepOf(one, 'pack', { shop, after: orderOf([state], [line]) });

const moved = (one: RecordedCase, shop: ShopView, line: RebuiltLine, from: number, to: number): RecordedStep =>
  stepOf(one, 'pack', { shop, before: orderOf([from], [line]), after: orderOf([from, to], [line]) });

const written = (one: RecordedCase, shop: ShopView, row: string): RecordedStep =>
  stepOf(one, 'pack', { shop, written: [keyNamed(row)] });

const ofType = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  const [, type = '', act = ''] = /^pack-type (\w): (.*)$/u.exec(one.name) ?? [];
  const component = type === 'c' ? '1-1' : '6-0';
  const line = packLine(type);
  const [, inState] = /^order 3 packs in state (\d+)$/u.exec(act) ?? [];
  if (inState !== undefined) return made(one, shop, line, Number(inState));
  const [, from, to] = /^then (?:state )?(\d+) -> (\d+)$/u.exec(act) ?? [];
  if (from !== undefined) return moved(one, shop, line, Number(from), Number(to));
  const [, units, state] = /^order (\d+) of the component alone \(state (\d+)\)/u.exec(act) ?? [];
  if (units !== undefined) return made(one, shop, { product: component, quantity: Number(units) }, Number(state));
  if (act.startsWith('ws PATCH component')) return written(one, shop, component);
  return act.startsWith('ws PATCH pack row') ? written(one, shop, line.product) : undefined;
};

/** The setting is one that the webservice shows (`configurations`); the recorder wrote it into the name. */
const ofDefaultType = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  const [, type, act] = /^pack-type 3 with PS_PACK_STOCK_TYPE=([012]): (.*)$/u.exec(one.name) ?? [];
  if (type === undefined) return undefined;
  const configured: ShopView = { ...shop, packStockTypeDefault: Number(type) as 0 | 1 | 2 };
  return act === 'then 6' ? moved(one, configured, packLine('3'), 10, 6) : made(one, configured, packLine('3'), 10);
};

const transition = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  const [, from, to] = /^pack2-transition-(\d+)-(\d+)$/u.exec(one.name) ?? [];
  return from === undefined ? undefined : moved(one, shop, packLine('2'), Number(from), Number(to));
};

/** A paid order (2): the shop refunds no other. */
const edited = (one: RecordedCase, shop: ShopView): RecordedStep | undefined => {
  const [, act] = /^pack\d-edit-(.*)$/u.exec(one.name) ?? [];
  if (act === undefined) return undefined;
  const line = packLine(String(givenOf(one)['pack_stock_type']));
  const [, now] = /^update 3->(\d)$/u.exec(act) ?? [];
  const after = now === undefined ? { ...line, reinjected: 1 } : { ...line, quantity: Number(now) };
  const lines = act === 'delete' ? [] : [after];
  return stepOf(one, 'pack', { shop, before: orderOf([2], [line]), after: orderOf([2], lines) });
};

export const packs = (one: RecordedCase, shop: ShopView): readonly RecordedStep[] | undefined => {
  const step = ofType(one, shop) ?? ofDefaultType(one, shop) ?? transition(one, shop) ?? edited(one, shop);
  return step === undefined ? undefined : [step];
};
