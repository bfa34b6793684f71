import { describe, expect, it } from 'vitest';
import { later, now, withChannel } from '../../testing/company.js';
import { adjustment, receipt } from '../../testing/facts.js';
import { order, reserveOf } from '../../testing/requests.js';
import { outcomeOf, run, runAll, type Run } from '../../testing/run.js';
import { answerOf, lineOf, srcq } from '../../testing/standing.js';

const hour = 3_600;
const opensAt = later(hour);
const releaseAt = later(10 * hour);
const launch = withChannel('web', {
  preorder: { opensAt, releaseAt, unitsMax: 10 },
  overridden: { preorder: { stream: 'policy-sku-GAME', revision: 0 } },
});
const open = { policy: launch, now: later(2 * hour) };
const released = { policy: launch, now: later(11 * hour) };
const answer = (of: Run, moment: string) => answerOf(of, 'web', { policy: launch, now: moment });

/** Four came early. */
const early = runAll(receipt(4));

describe('a SKU before its release', () => {
  it('is not for sale before its pre-order opens, whatever is there', () => {
    expect(answer(early, now)).toMatchObject({ atp: 0, state: 'out_of_stock', validUntil: opensAt });
    expect(answer(early, now).terms).toEqual([
      { term: 'sellable', quantity: 4, location: 'wh1' },
      { term: 'not_released', quantity: -4, origin: { stream: 'policy-sku-GAME', revision: 0 } },
    ]);
    expect(outcomeOf(early, reserveOf('c', 1), { policy: launch })).toEqual(['insufficient']);
  });

  it('is sold up to its cap for the day of its release, and like any other from then on', () => {
    expect(answer(early, open.now)).toMatchObject({
      atp: 10,
      tranches: [{ quantity: 10, availableAt: releaseAt, incomingLine: '$preorder:web' }],
      state: 'preorder',
      validUntil: releaseAt,
    });
    expect(answer(early, releaseAt)).toMatchObject({ atp: 4, tranches: [{ quantity: 4 }], state: 'in_stock' });
  });

  it('counts carts and orders against its cap, those included that have a place already', () => {
    const held = run(early, reserveOf('c', 3, { ttlMillis: 60_000 }), open);
    expect(held.state.holds.get('web:c')).toMatchObject({
      quantity: 3,
      parts: [],
      incoming: [{ incomingLine: '$preorder:web', quantity: 3, date: releaseAt }],
    });
    expect(answer(held, open.now).atp).toBe(7);
    expect(answer(held, later(2 * hour + 61)).atp).toBe(10);
    const ordered = run(held, { ...order('o1', 6), reservation: 'web:c' }, open);
    expect(lineOf(ordered, 'o1')).toMatchObject({
      committed: [{ location: 'wh1', quantity: 4 }],
      backordered: [{ incomingLine: '$preorder:web', quantity: 2, date: releaseAt }],
    });
    expect(answer(ordered, open.now)).toMatchObject({ atp: 4 });
    expect(answer(ordered, open.now).terms).toEqual([
      {
        term: 'preorder',
        quantity: 10,
        location: 'wh1',
        incomingLine: '$preorder:web',
        origin: { stream: 'policy-sku-GAME', revision: 0 },
      },
      { term: 'preordered', quantity: -6, location: 'wh1', incomingLine: '$preorder:web' },
    ]);
    expect(outcomeOf(ordered, reserveOf('d', 5), open)).toEqual(['insufficient']);
  });

  it('owes what orders want beyond its cap, as far as nothing is there', () => {
    const ordered = run(early, order('o1', 16), open);
    expect(srcq(ordered, 'wh1')).toEqual([0, 0, 4, 0]);
    expect(lineOf(ordered, 'o1')).toMatchObject({ backordered: [{ quantity: 10 }] });
    expect(srcq(ordered, 'unsourced:web')).toEqual([-2, 0, 2, 0]);
  });

  it('gives back to its cap what an order no longer wants of what it waits for', () => {
    const ordered = run(run(early, adjustment(-4), open), order('o1', 6), open);
    expect(answer(run(ordered, order('o1', 1, { version: 2 }), open), open.now).atp).toBe(9);
  });

  it('fills what was promised as units come, before and after the release', () => {
    const ordered = run(early, order('o1', 9), open);
    const received = run(ordered, receipt(2), open);
    expect(lineOf(received, 'o1')).toMatchObject({ backordered: [{ quantity: 3 }] });
    const after = run(received, receipt(5), released);
    expect(lineOf(after, 'o1')?.backordered).toBeUndefined();
    expect(srcq(after, 'wh1')).toEqual([2, 0, 9, 0]);
  });
});
