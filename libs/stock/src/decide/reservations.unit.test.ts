import { describe, expect, it } from 'vitest';
import { mapOf } from '#event-sourcing';
import { specify } from '#testing';
import { later, nothingKnown, now, policy } from '../../testing/company.js';
import { receipt } from '../../testing/facts.js';
import { lineTarget, orderOf, reserveOf } from '../../testing/requests.js';
import { outcomeOf, run, runAll, started } from '../../testing/run.js';
import { srcq } from '../../testing/standing.js';
import { openReservationsMax } from '../bounds.js';
import type { StockEvent } from '../events.js';
import type { Held } from '../standing.js';
import { stockDecider } from '../stock-kind.js';

const spec = specify(stockDecider, { now, policy, known: nothingKnown });
const stocked = runAll(receipt(5), receipt(2, { location: 'wh2' }));
const cart = { connection: 'web_shop', channel: 'web', cart: 'c1' } as const;
const expiresAt = later(900);
const decidedOn = (atp: number) => ({ atp, policies: { 'policy-channel-web': 3 } });

const reserved = (quantity: number, atp: number): StockEvent => {
  const parts: Held['parts'] = [
    { location: 'wh1', from: 'sellable' as const, quantity: Math.min(5, quantity) },
    { location: 'wh2', from: 'sellable' as const, quantity: quantity - 5 },
  ].filter((part) => part.quantity > 0);
  return {
    type: 'StockReserved',
    data: {
      parts: parts.map((part) => ({ ...part, to: 'reserved' })),
      reservation: 'web:c1',
      channel: 'web',
      requested: quantity,
      held: { quantity, parts, expiresAt },
      decidedOn: decidedOn(atp),
    },
    occurredAt: now,
  };
};

describe('reserve', () => {
  it('holds units of the first locations, and says what it was decided on', () => {
    spec
      .given(...stocked.events)
      .when(reserveOf('c1', 6))
      .then(reserved(6, 7));
  });
  it('is refused with the numbers when atp does not suffice', () => {
    spec
      .given(...stocked.events)
      .when(reserveOf('c1', 8))
      .thenRefused({ code: 'insufficient', requested: 8, available: 7, held: 0 });
    spec
      .given(...stocked.events, reserved(6, 7))
      .when(reserveOf('c1', 8))
      .thenRefused({ code: 'insufficient', requested: 8, available: 1, held: 6 });
  });
  it('takes what there is when asked to, but not nothing', () => {
    const some = run(stocked, reserveOf('c1', 9, { partial: true }));
    expect(some.state.holds.get('web:c1')?.quantity).toBe(7);
    expect(outcomeOf(some, reserveOf('c2', 1, { partial: true }))).toEqual(['insufficient']);
    expect(outcomeOf(some, reserveOf('c1', 9, { partial: true, ttlMillis: 1_000 }))).toEqual(['StockReserved']);
  });
  it('sets and never adds', () => {
    const held = run(stocked, reserveOf('c1', 4));
    expect(run(held, reserveOf('c1', 4)).events.at(-1)?.type).toBe('RequestNoted');
    expect(run(held, reserveOf('c1', 6)).state.holds.get('web:c1')?.quantity).toBe(6);
    const less = run(run(held, reserveOf('c1', 6)), reserveOf('c1', 1));
    expect([srcq(less, 'wh1'), srcq(less, 'wh2')]).toEqual([
      [4, 1, 0, 0],
      [2, 0, 0, 0],
    ]);
    expect(srcq(run(less, reserveOf('c1', 0)), 'wh1')).toEqual([5, 0, 0, 0]);
  });
  it('knows its bounds', () => {
    expect(outcomeOf(stocked, reserveOf('c1', 1, { ttlMillis: 999 }))).toEqual(['ttl_out_of_range']);
    expect(outcomeOf(stocked, reserveOf('c1', 1, { ttlMillis: 7 * 86_400_000 + 1 }))).toEqual(['ttl_out_of_range']);
    expect(outcomeOf(stocked, reserveOf('c1', -1))).toEqual(['quantity_out_of_range']);
    expect(outcomeOf(stocked, reserveOf('c1', 1.5))).toEqual(['quantity_out_of_range']);
    const one: Held = { quantity: 1, parts: [], expiresAt };
    const holds = mapOf(Array.from({ length: openReservationsMax }, (_, index) => [`web:x${index}`, one] as const));
    expect(outcomeOf({ ...stocked, state: { ...stocked.state, holds } }, reserveOf('c1', 1))).toEqual([
      'too_many_reservations',
    ]);
  });
  it('is answered only to who speaks for the channel, of an SKU that is known', () => {
    expect(outcomeOf(started, reserveOf('c1', 1))).toEqual(['unknown_sku']);
    expect(outcomeOf(started, reserveOf('c1', 1, { connection: 'b2b_shop' }))).toEqual(['not_author']);
    expect(outcomeOf(started, reserveOf('c1', 1, { channel: 'nowhere' }))).toEqual(['unknown_channel']);
    expect(outcomeOf(stocked, reserveOf('c1', 1, { connection: 'operator' }))).toEqual(['StockReserved']);
  });
  it('never sells again what a short location owes', () => {
    const owing = runAll(receipt(3), receipt(4, { location: 'wh2' }), reserveOf('c1', 3));
    const short = {
      ...owing,
      state: {
        ...owing.state,
        balances: owing.state.balances.with('wh1', {
          ...owing.state.balances.get('wh1')!,
          sellable: -3,
          reserved: 0,
          committed: 3,
        }),
      },
    };
    expect(outcomeOf(short, reserveOf('c2', 2))).toEqual(['insufficient']);
    expect(outcomeOf(short, reserveOf('c2', 1))).toEqual(['StockReserved']);
  });
});

describe('extend, release and undo', () => {
  const held = run(stocked, reserveOf('c1', 6));
  it('extends to a later deadline, never to an earlier one', () => {
    expect(outcomeOf(held, { kind: 'extend', ...cart, ttlMillis: 1_000 })).toEqual(['RequestNoted']);
    const extended = run(held, { kind: 'extend', ...cart, ttlMillis: 3_600_000 });
    expect(extended.state.holds.get('web:c1')).toMatchObject({ quantity: 6, expiresAt: later(3_600) });
    expect(outcomeOf(stocked, { kind: 'extend', ...cart })).toEqual(['reservation_not_found']);
    expect(outcomeOf(held, { kind: 'extend', ...cart }, { now: expiresAt })).toEqual(['reservation_not_found']);
  });
  it('gives all units back to where they came from', () => {
    spec
      .given(...stocked.events, reserved(6, 7))
      .when({ kind: 'release', ...cart })
      .then({
        type: 'ReservationReleased',
        data: {
          parts: [
            { location: 'wh2', from: 'reserved', to: 'sellable', quantity: 1 },
            { location: 'wh1', from: 'reserved', to: 'sellable', quantity: 5 },
          ],
          reservation: 'web:c1',
          channel: 'web',
          reason: 'released',
        },
        occurredAt: now,
      });
  });
  it('leaves its id where there is nothing to release', () => {
    spec
      .given(...stocked.events)
      .when({ kind: 'release', ...cart })
      .then({ type: 'RequestNoted', data: { parts: [], request: 'release', channel: 'web' }, occurredAt: now });
  });
  it('undoes an increase, a first hold and a decrease, and names what it undoes', () => {
    const undo = { kind: 'undo', ...cart, undoes: 'command-7' } as const;
    const grown = run(run(stocked, reserveOf('c1', 2)), reserveOf('c1', 6));
    const back = run(grown, { ...undo, quantity: 2, expiresAt });
    expect(back.state.holds.get('web:c1')?.quantity).toBe(2);
    expect(back.events.at(-1)?.data).toMatchObject({ reason: 'undone', undoes: 'command-7' });
    expect(run(held, { ...undo, quantity: 0 }).state.holds.size).toBe(0);
    const shrunk = run(held, reserveOf('c1', 1));
    expect(run(shrunk, { ...undo, quantity: 6, expiresAt }).state.holds.get('web:c1')?.quantity).toBe(6);
    const sold = run(shrunk, reserveOf('c2', 5));
    expect(run(sold, { ...undo, quantity: 6, expiresAt }).state.holds.get('web:c1')?.quantity).toBe(2);
    expect(outcomeOf(stocked, { ...undo, quantity: 0 })).toEqual(['ReservationReleased']);
  });
});

describe('an expired hold beside a large request', () => {
  const moment = later(900);
  it('counts for nothing from its deadline on', () => {
    const held = run(stocked, reserveOf('c1', 7));
    expect(outcomeOf(held, reserveOf('c2', 7), { now: later(899) })).toEqual(['insufficient']);
    const taken = run(held, reserveOf('c2', 7), { now: moment });
    expect(taken.events.slice(-2)).toMatchObject([
      { type: 'ReservationReleased', data: { reason: 'expired' }, occurredAt: moment },
      { type: 'StockReserved', data: { decidedOn: { atp: 7 } } },
    ]);
    expect([...taken.state.holds.keys()]).toEqual(['web:c2']);
  });
  it('ends before its own cart holds anew', () => {
    const again = run(run(stocked, reserveOf('c1', 7)), reserveOf('c1', 3), { now: moment });
    expect(again.state.holds.get('web:c1')).toMatchObject({ quantity: 3, expiresAt: later(1_800) });
  });
  const many = (count: number) => {
    let all = runAll(receipt(count));
    for (let index = 0; index < count; index += 1) all = run(all, reserveOf(`x${index}`, 1));
    return all;
  };
  it('goes with others: as many as are needed, else up to a hundred', () => {
    const all = many(300);
    const ended = (quantity: number) =>
      outcomeOf(all, reserveOf('big', quantity), { now: moment }).filter((type) => type === 'ReservationReleased')
        .length;
    expect([ended(1), ended(250), ended(300)]).toEqual([100, 250, 300]);
  });
  it('goes with an order that takes twice from one place, to commit and to set aside', () => {
    const order = orderOf('o1', [lineTarget('1', 0, 150, { ordered: 300, withheld: 120 })]);
    const taken = run(many(300), order, { now: moment });
    expect(srcq(taken, 'wh1')).toEqual([0, 30, 150, 120]);
  });
  it('goes first, in an append of its own, where more are needed than one append carries', () => {
    const all = many(1_000);
    const outcome = specify(stockDecider, { now: moment, policy, known: nothingKnown })
      .given(...all.events)
      .when(reserveOf('big', 1_000));
    expect(outcome.decision.kind).toBe('prepared');
    expect('events' in outcome.decision && outcome.decision.events.length).toBe(900);
    expect(run(all, reserveOf('big', 1_000), { now: moment }).state.holds.size).toBe(1);
  });
});
