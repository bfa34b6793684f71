import { describe, expect, it } from 'vitest';
import { buyAt, createMarketplace, unitsBeyond } from './index.js';

const open = (applyMillis = 0, countsDown = false) => {
  let now = Date.UTC(2026, 0, 1);
  const market = createMarketplace({ now: () => now, applyMillis, countsDown });
  return { market, pass: (millis: number) => void (now += millis), now: () => now };
};

describe('a figure', () => {
  it('is accepted first and shown later', () => {
    const { market, pass, now } = open(500);
    const offer = market.offers.create({ reference: 'mug', amount: 3 });
    const process = market.offers.setStock(offer, 7);
    pass(499);
    expect(market.offers.find(offer)).toMatchObject({ amount: 3 });
    expect(market.processes.find(process?.id ?? '')).toMatchObject({ status: 'PENDING' });
    pass(1);
    expect(market.offers.find(offer)).toMatchObject({ amount: 7 });
    expect(market.processes.find(process?.id ?? '')).toMatchObject({ status: 'SUCCESS' });
    expect(market.offers.writes()).toMatchObject([{ amount: 7, acceptedAt: now() - 500, appliedAt: now() }]);
  });

  it('of an offer that is removed meanwhile fails', () => {
    const { market, pass } = open(500);
    const offer = market.offers.create({ reference: 'mug', amount: 3 });
    const process = market.offers.setStock(offer, 7);
    market.offers.remove(offer);
    pass(500);
    expect(market.processes.find(process?.id ?? '')).toMatchObject({ status: 'FAILURE' });
    expect(market.offers.setStock(offer, 1)).toBeUndefined();
  });

  it('waits while processes are held, and the last one stands', () => {
    const { market } = open();
    const offer = market.offers.create({ reference: 'mug', amount: 3 });
    const goOn = market.holdProcesses();
    for (const amount of [9, 4]) market.offers.setStock(offer, amount);
    expect(market.offers.find(offer)).toMatchObject({ amount: 3 });
    expect(market.processes.waiting()).toBe(2);
    goOn();
    expect(market.offers.find(offer)).toMatchObject({ amount: 4 });
  });
});

describe('an order', () => {
  it('leaves the figure as it is, and every unit beyond it is on the list', () => {
    const { market } = open();
    const offer = market.offers.create({ reference: 'mug', amount: 2 });
    for (let sale = 0; sale < 3; sale += 1)
      expect(buyAt(market, [{ offer, units: 1 }])).toMatchObject({ kind: 'ordered' });
    expect(market.offers.find(offer)).toMatchObject({ amount: 2 });
    expect(market.oversold()).toMatchObject([{ offer, figure: 2, soldSince: 3, units: 1 }]);
  });

  it('of units beyond a lower figure that waits is on the list, with that figure', () => {
    const { market, pass, now } = open(500);
    const offer = market.offers.create({ reference: 'mug', amount: 5 });
    market.offers.setStock(offer, 1);
    pass(200);
    buyAt(market, [{ offer, units: 1 }]);
    expect(market.oversold()).toEqual([]);
    buyAt(market, [{ offer, units: 1 }]);
    const lastAccepted = { amount: 1, acceptedAt: now() - 200, appliedAt: undefined, soldSince: 2 };
    expect(market.oversold()).toMatchObject([{ figure: 5, soldSince: 2, lastAccepted }]);
    expect(market.oversold().map(unitsBeyond)).toEqual([1]);
    pass(300);
    expect(buyAt(market, [{ offer, units: 2 }])).toEqual({ kind: 'sold_out', offer, figure: 1 });
  });

  it('control: what was promised is on no list', () => {
    const { market } = open();
    const offer = market.offers.create({ reference: 'mug', amount: 1 });
    buyAt(market, [{ offer, units: 1 }]);
    market.offers.setStock(offer, 1);
    buyAt(market, [{ offer, units: 1 }]);
    expect(market.sales.all()).toHaveLength(2);
    expect(market.oversold()).toEqual([]);
  });

  it('is told by the moment of its last change', () => {
    const { market, pass, now } = open();
    const offer = market.offers.create({ reference: 'mug', amount: 9 });
    const [first = '', second = ''] = [1, 2].map((units) => market.orders.place([{ offer, units }]));
    pass(60_000);
    const since = now();
    market.orders.cancel(`${second}-1`, 1);
    expect(market.orders.changedSince(since)).toMatchObject([{ id: second, rows: [{ cancelled: 1, units: 2 }] }]);
    market.orders.ship(`${second}-1`);
    market.orders.cancel(`${second}-1`);
    expect(market.orders.find(second)).toMatchObject({ rows: [{ cancelled: 1, shipped: 1 }] });
    market.orders.forget(first);
    expect(market.orders.find(first)).toBeUndefined();
  });

  it('is cancelled for its seller later, and not once it is handled', () => {
    const { market, pass } = open(500);
    const offer = market.offers.create({ reference: 'mug', amount: 9 });
    const order = market.orders.place([{ offer, units: 2 }]);
    const [asked, again] = [1, 2].map(() => market.orders.askToCancel(`${order}-1`));
    expect(market.orders.find(order)).toMatchObject({ rows: [{ cancelled: 0 }] });
    pass(500);
    expect(market.orders.find(order)).toMatchObject({ rows: [{ cancelled: 2 }] });
    const statuses = [asked, again].map((process) => market.processes.find(process?.id ?? '')?.status);
    expect(statuses).toEqual(['SUCCESS', 'FAILURE']);
    expect(market.orders.askToCancel('nobody')).toBeUndefined();
  });
});

describe('where it counts down', () => {
  it('an order lowers the figure, and what is given up comes back', () => {
    const { market } = open(0, true);
    const offer = market.offers.create({ reference: 'mug', amount: 5 });
    const order = market.orders.place([{ offer, units: 3 }]);
    expect(market.offers.find(offer)).toMatchObject({ amount: 2 });
    market.orders.ship(`${order}-1`, 1);
    market.orders.cancel(`${order}-1`);
    market.orders.cancel(`${order}-1`);
    expect(market.offers.find(offer)).toMatchObject({ amount: 4 });
  });

  it('a figure is set where the expected one is shown, and nowhere else', () => {
    const { market } = open(0, true);
    const offer = market.offers.create({ reference: 'mug', amount: 5 });
    expect(market.offers.setWhere(offer, 4, 9)).toMatchObject({ isSet: false, offer: { amount: 5 } });
    expect(market.offers.setWhere(offer, 5, 9)).toMatchObject({ isSet: true, offer: { amount: 9 } });
    expect(market.offers.find(offer)).toMatchObject({ amount: 9 });
    expect(market.offers.setWhere('offer-0', 5, 9)).toBeUndefined();
  });

  it('a sale beyond the figure is on the list, and one within it is not', () => {
    const { market } = open(0, true);
    const offer = market.offers.create({ reference: 'mug', amount: 3 });
    for (const units of [2, 1]) market.orders.place([{ offer, units }]);
    expect(market.oversold()).toEqual([]);
    market.orders.place([{ offer, units: 1 }]);
    expect(market.oversold().map(unitsBeyond)).toEqual([1]);
  });
});
