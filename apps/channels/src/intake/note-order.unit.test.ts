import { describe, expect, it } from 'vitest';
import type { ChannelPort, DescribedOrder, NumberSet } from '#channel-kit';
import type { KeptOrder } from '../contracts/index.js';
import type { ShopOrder } from '../store/index.js';
import { makingMillisMax, noteOrder, takenBy, type Known, type NotedOrder } from './note-order.js';

/** An order as this test's shop shows it. */
type Shown = {
  readonly key: string;
  readonly units: number;
  readonly payment: 'pending' | 'paid' | 'cancelled';
  readonly placedAt: number;
  readonly making: boolean;
  readonly wasPaid?: boolean;
  /** Until then the shop keeps its units beside the row, which it lowers when the order is paid. */
  readonly heldUntil?: number;
  /** Of the shop's own. */
  readonly reviewAt?: number;
};

const row = '42';
const began = 1_000_000;
const shown: Shown = { key: '7-AAA', units: 2, payment: 'paid', placedAt: began + 10, making: false };

/** A shop that takes a line's units when an order is made, and gives them back when it is cancelled. */
const takenOf = ({ units, payment, heldUntil }: Shown): number =>
  payment === 'cancelled' || (heldUntil !== undefined && payment === 'pending') ? 0 : units;
const port: Pick<ChannelPort<KeptOrder>, 'describe' | 'effects' | 'pending'> = {
  describe: (order): DescribedOrder => {
    const { key, units, payment, placedAt, making, heldUntil, reviewAt, wasPaid = false } = order as Shown;
    return {
      wasPaid,
      ...{ key, cart: undefined, notices: [], isOpen: payment !== 'cancelled', isMaking: making },
      ...(heldUntil !== undefined && { changesAtMillis: heldUntil }),
      ...(reviewAt !== undefined && { reviewAtMillis: reviewAt }),
      snapshot: {
        ...{ placedAt: new Date(placedAt).toISOString(), payment },
        lines: [{ line: '1', ids: { product: row }, ordered: units }],
      },
    };
  },
  effects: (before, after): ReadonlyMap<string, NumberSet> => {
    const was = before === undefined ? 0 : takenOf(before as Shown);
    const moved = was - takenOf(after as Shown);
    return new Map([[row, (after as Shown).making ? [moved, 0] : [moved]]]);
  },
  pending: (order, now) => {
    const { making, units, payment, heldUntil = 0 } = order as Shown;
    return making || (payment === 'pending' && now < heldUntil) ? new Map([[row, units]]) : new Map();
  },
};

const known: Known = {
  ...{ channel: 'web', connection: 'shop', before: undefined, feedWholeAt: began + 5, feedBeganAt: began },
  ...{ digest: (text) => text, reviewAfter: () => undefined },
};

const note = (order: Shown, more: Partial<Known> = {}, from = began + 20): NotedOrder =>
  noteOrder(port, { id: '7', ticket: from, from, to: from + 3, order }, { ...known, ...more });

const next = (before: ShopOrder): Partial<Known> => ({ before });

describe('an order that is read', () => {
  it('is told, and its units are taken off until the ledger has them', () => {
    const { order, message, claims, movements } = note(shown);
    expect(message).toMatchObject({ channel: 'web', connection: 'shop', orderKey: '7-AAA', version: began + 20 });
    expect(order).toMatchObject({ id: '7', isIncluded: false, ticket: began + 20, readAt: began + 20 });
    expect(claims).toEqual([{ row, orderKey: '7-AAA', pending: 0, unconfirmed: 2, risesWait: false }]);
    expect(movements.get(row)).toEqual({ span: { from: began + 5, to: began + 23 }, moved: [-2] });
  });

  it('and has not changed is told nothing, and moves nothing', () => {
    const { order } = note(shown);
    const again = note(shown, next({ ...order, isIncluded: true }), began + 500);
    expect([again.message, again.claims, [...again.movements]]).toEqual([undefined, [], []]);
    expect(again.order).toMatchObject({ ticket: began + 20, isIncluded: true, readAt: began + 500 });
  });

  it('and gives units back takes none off: they may be sold as soon as the ledger has them', () => {
    const { order } = note(shown);
    const cancelled = note({ ...shown, payment: 'cancelled' }, next(order), began + 500);
    expect([cancelled.claims, cancelled.message?.version]).toEqual([[], began + 500]);
    expect(cancelled.movements.get(row)).toEqual({ span: { from: began + 20, to: began + 503 }, moved: [2] });
  });

  it('says what it sells by parts once it is told, and not when it is read again or wanted no more', () => {
    const sellingPacks = {
      ...port,
      describe: (order: KeptOrder) => ({ ...port.describe(order), soldByParts: ['pack'] }),
    };
    const noteOf = (order: Shown, before?: ShopOrder) =>
      noteOrder(
        sellingPacks,
        { id: '7', ticket: began, from: began + 20, to: began + 23, order },
        { ...known, before },
      );
    const first = noteOf(shown);
    expect(first.soldByParts).toEqual(['pack']);
    expect(noteOf(shown, first.order).soldByParts).toEqual([]);
    expect(noteOf({ ...shown, payment: 'cancelled' }, first.order).soldByParts).toEqual([]);
    expect(note(shown).soldByParts).toEqual([]);
  });

  it('is another order where its id has another key', () => {
    const { order } = note(shown);
    const other = note({ ...shown, key: '7-BBB' }, next(order), began + 500);
    expect(other.replaced).toBe(order);
    expect(other.movements.get(row)?.moved).toEqual([-2]);
    expect(other.order.orderKey).toBe('7-BBB');
  });
});

describe('an order that was made before anybody looked', () => {
  const older = { ...shown, placedAt: began - 1 };

  it('may have moved its rows at any time, and takes nothing off', () => {
    const { message, claims, movements } = note(older);
    expect([message?.orderKey, claims, movements.get(row)?.moved]).toEqual(['7-AAA', [], 'unknown']);
  });

  it('is no business of ours where it is over', () => {
    const over = { ...older, payment: 'cancelled' as const };
    const { order, message } = note(over);
    const again = note(over, next(order), began + 500);
    const edited = note({ ...over, units: 3 }, next(again.order), began + 900);
    expect([message, again.message, edited.message]).toEqual([undefined, undefined, undefined]);
  });

  it('is one again where it is taken up again', () => {
    const { order } = note({ ...older, payment: 'cancelled' });
    expect(note(older, next(order), began + 500).message).toMatchObject({ orderKey: '7-AAA' });
  });
});

describe('an order that the shop is still making', () => {
  const making = { ...shown, making: true };

  it('is not told, is read again soon, and nothing rises meanwhile', () => {
    const { order, message, claims } = note(making);
    expect(message).toBeUndefined();
    expect(claims).toEqual([{ row, orderKey: '7-AAA', pending: 0, unconfirmed: 0, risesWait: true }]);
    expect(order.againAt).toBe(began + 1_023);
  });

  it('says in the end all that it did, in the place of what was said of it meanwhile', () => {
    const first = note(making);
    const second = note(making, { ...next(first.order), feedWholeAt: began + 900 }, began + 1_023);
    const made = note(shown, { ...next(second.order), feedWholeAt: began + 1_900 }, began + 2_050);
    const moved = [first, second, made].map(({ movements }) => movements.get(row));
    expect(moved.map((one) => [one?.moved, one?.making])).toEqual([
      [[-2, 0], '7-AAA'],
      [[-2, 0], '7-AAA'],
      [[-2], '7-AAA'],
    ]);
    expect(made.movements.get(row)?.span.from).toBeLessThan(began + 20);
    const cancelled = note({ ...shown, payment: 'cancelled' }, next(made.order), began + 3_000);
    expect(cancelled.movements.get(row)).toEqual({ span: { from: began + 2_050, to: began + 3_003 }, moved: [2] });
  });

  it('is told after a minute as it is, with a word to a person; its units count as held once the ledger has them', () => {
    const { order } = note(making);
    const later = note(making, next(order), began + 20 + makingMillisMax);
    expect(later.notices.map(({ code }) => code)).toEqual(['order_unfinished']);
    expect(later.claims).toEqual([{ row, orderKey: '7-AAA', pending: 2, unconfirmed: 2, risesWait: false }]);
    expect(later.message).toBeDefined();
  });
});

describe('an order for which the shop keeps units beside its row', () => {
  const heldUntil = began + 10_000;
  const held = { ...shown, payment: 'pending' as const, heldUntil };
  const claim = { row, orderKey: '7-AAA', risesWait: false };

  it('is told at once; its units stay in the row, and until the ledger has them they are not added to it', () => {
    const { message, claims, movements, notices, order } = note(held);
    expect(message).toBeDefined();
    expect([claims, [...movements], notices]).toEqual([[{ ...claim, pending: 2, unconfirmed: 2 }], [], []]);
    expect(order.againAt).toBe(heldUntil);
  });

  it('takes them when it is paid, and the ledger has heard of them before', () => {
    const { order } = note(held);
    const paid = note({ ...held, payment: 'paid' }, next(order), began + 500);
    expect([paid.message?.version, paid.claims, paid.movements.get(row)?.moved]).toEqual([began + 500, [], [-2]]);
  });

  it('keeps none any more when the time is over', () => {
    const { order } = note(held);
    const late = note(held, next(order), heldUntil);
    expect([late.message, late.claims, late.order.againAt]).toEqual([undefined, [], undefined]);
  });

  it('of more units is heard of for those that came', () => {
    const { order } = note(held);
    const more = note({ ...held, units: 5 }, next(order), began + 500);
    expect(more.claims).toEqual([{ ...claim, pending: 5, unconfirmed: 3 }]);
  });
});

describe('an unpaid order', () => {
  const unpaid = { ...shown, payment: 'pending' as const };

  it('is looked at again when its class says so, and not once it is paid', () => {
    const reviewAfter = (): number => 5_000;
    const { order } = note(unpaid, { reviewAfter });
    expect(order.reviewAt).toBe(unpaid.placedAt + 5_000);
    expect(note(shown, { ...next(order), reviewAfter }, began + 500).order.reviewAt).toBeUndefined();
    // The shop knows a moment of its own, and what a person has said goes before.
    const held = { ...unpaid, reviewAt: began + 9_000 };
    expect(note(held).order.reviewAt).toBe(began + 9_000);
    expect(note(held, { reviewAfter }).order.reviewAt).toBe(unpaid.placedAt + 5_000);
  });
});

describe('an order that the shop was asked to cancel', () => {
  const unpaid = { ...shown, payment: 'pending' as const };
  const paid = { ...shown, payment: 'paid' as const, wasPaid: true };
  const both = { ...shown, payment: 'cancelled' as const, wasPaid: true };
  const asked = (order: ShopOrder): Partial<Known> => next({ ...order, cancelAskedAt: began + 400 });

  it('stays promised where its money came meanwhile, however often it is read, and somebody is called', () => {
    const first = note(both, asked(note(unpaid).order), began + 500);
    const again = note(both, next(first.order), began + 900);
    for (const { message, notices } of [first, again])
      expect([message, notices.map(({ code, level }) => [code, level])]).toEqual([
        undefined,
        [['cancelled_though_paid', 'page']],
      ]);
    const takenUp = note(paid, next(again.order), began + 1_500);
    expect([takenUp.message?.snapshot.payment, takenUp.notices]).toEqual(['paid', []]);
  });

  it('is cancelled where no money came, and where it was paid and given up later', () => {
    const { order } = note(unpaid);
    expect(note({ ...both, wasPaid: false }, asked(order), began + 500).message?.snapshot.payment).toBe('cancelled');
    const late = note(paid, asked(order), began + 500);
    const given = note(both, next(late.order), began + 900);
    expect([given.message?.snapshot.payment, given.notices]).toEqual(['cancelled', []]);
  });
});

it.each([
  [[-3], 3],
  [[-3, 0], 3],
  [[2], 0],
  ['unknown', 0],
] as const)('of a movement by %j at most %i units were sold', (moved, units) => {
  expect(takenBy(moved)).toBe(units);
});
