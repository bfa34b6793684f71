import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steps } from '../../testing/commands.js';
import { at, day, later } from '../../testing/company.js';
import { incomingOf, issueOf, receipt } from '../../testing/facts.js';
import { lineOfOrder, order, quotaOf, reserveOf } from '../../testing/requests.js';
import { decideOn, outcomeOf, restored, run, runAll, started, typesOf, type Run } from '../../testing/run.js';
import { answerOf, atpOf, lineOf, promisesOf } from '../../testing/standing.js';
import { initialState } from '../index.js';
import type { StockEvent } from '../events.js';
import { evolve } from '../evolve.js';

const eta = later(3 * day);
const news = (before: Run, after: Run): readonly string[] => typesOf(after.events.slice(before.events.length));

/** Two there, ten to come in three days. */
const expecting = runAll(receipt(2), incomingOf('po1', 10));

describe('units that are incoming', () => {
  it('may be promised by channels that may backorder, with the date and the line they come on', () => {
    expect(answerOf(expecting)).toMatchObject({
      atp: 12,
      byLocation: [
        { location: 'wh1', quantity: 12, incoming: 10 },
        { location: 'wh2', quantity: 0 },
      ],
      tranches: [{ quantity: 2 }, { quantity: 10, availableAt: eta, incomingLine: 'po1' }],
      state: 'in_stock',
      validUntil: '2026-03-05T00:00:00.000Z',
    });
    expect(atpOf(expecting, 'pos')).toBe(0);
    expect(answerOf(run(expecting, reserveOf('c', 2))).state).toBe('backorder');
  });

  it.each([
    ['not confirmed', { confirmed: false }, 2],
    ['without a date', { eta: undefined }, 2],
    ['beyond the horizon', { eta: later(8 * day) }, 2],
    ['counted on in part', { confidence: 9_500 }, 11],
    ['for a place the channel does not sell from', { location: 'floor', connection: 'till' }, 2],
  ])('that are %s count as far as they can be counted on', (_, rest, expected) => {
    const { eta: said, ...others } = { eta, ...rest };
    const command = incomingOf('po1', 10, others);
    const { eta: _eta, ...undated } = command;
    expect(atpOf(runAll(receipt(2), said === undefined ? undated : { ...command, eta: said }))).toBe(expected);
  });

  it('come within the horizon by time alone, and are overdue when their day is over', () => {
    const far = runAll(receipt(2), incomingOf('po1', 10, { eta: later(8 * day) }));
    expect(answerOf(far)).toMatchObject({ atp: 2, validUntil: later(day) });
    expect(answerOf(far, 'web', { now: later(day) })).toMatchObject({
      atp: 12,
      validUntil: '2026-03-10T00:00:00.000Z',
    });
    expect(answerOf(far, 'web', { now: '2026-03-09T23:59:59.999Z' }).atp).toBe(12);
    expect(answerOf(far, 'web', { now: '2026-03-10T00:00:00.000Z' })).toMatchObject({ atp: 2 });
    expect(answerOf(far, 'web', { now: '2026-03-10T00:00:00.000Z' }).validUntil).toBeUndefined();
  });

  it('are fewer by what has arrived on the line, whichever is told first', () => {
    const arrived = receipt(4, { incomingLine: 'po1' });
    for (const told of [run(expecting, arrived), runAll(receipt(2), arrived, incomingOf('po1', 10))])
      expect(answerOf(told).tranches).toMatchObject([{ quantity: 6 }, { quantity: 6 }]);
    const corrected = run(run(expecting, arrived), { ...arrived, sourceVersion: 2, quantity: 1, hash: 'less' });
    expect(answerOf(corrected).tranches).toMatchObject([{ quantity: 3 }, { quantity: 9 }]);
  });

  it('are told anew as a whole, and cancelled by 0', () => {
    const revised = run(expecting, incomingOf('po1', 5, { sourceVersion: 2, eta: later(2 * day) }));
    expect(revised.events.at(-1)?.type).toBe('IncomingRevised');
    expect(answerOf(revised).tranches.at(-1)).toEqual({
      quantity: 5,
      availableAt: later(2 * day),
      incomingLine: 'po1',
    });
    const cancelled = run(revised, incomingOf('po1', 0, { sourceVersion: 3 }));
    expect(cancelled.events.at(-1)?.type).toBe('IncomingCancelled');
    expect(atpOf(cancelled)).toBe(2);
    expect(outcomeOf(cancelled, incomingOf('po1', 5, { sourceVersion: 2, eta: later(2 * day) }))).toEqual([]);
  });

  it.each([
    ['an ETA before the order', incomingOf('po2', 1, { eta: at('07:59') }), 'eta_before_order'],
    ['a confidence above all of it', incomingOf('po2', 1, { confidence: 10_001 }), 'confidence_out_of_range'],
    ['a connection that is not the author', incomingOf('po2', 1, { connection: 'web_shop' }), 'not_author'],
    ['a place that nobody knows', incomingOf('po2', 1, { location: 'nowhere' }), 'unknown_location'],
    [
      'a line that another author has told',
      incomingOf('po1', 1, { connection: 'till', location: 'floor' }),
      'not_author',
    ],
  ])('are refused with %s', (_, command, code) => {
    expect(outcomeOf(expecting, command)).toEqual([code]);
  });
});

describe('a cart', () => {
  it('holds what there is, then what is incoming, and gives the last back first', () => {
    const held = run(expecting, reserveOf('c', 5));
    expect(held.state.holds.get('web:c')).toMatchObject({
      quantity: 5,
      parts: [{ location: 'wh1', quantity: 2 }],
      incoming: [{ incomingLine: 'po1', quantity: 3, date: eta }],
    });
    expect(atpOf(held)).toBe(7);
    expect(outcomeOf(held, reserveOf('d', 8))).toEqual(['insufficient']);
    const fewer = run(held, reserveOf('c', 3));
    expect(fewer.state.holds.get('web:c')?.incoming).toEqual([{ incomingLine: 'po1', quantity: 1, date: eta }]);
    const none = run(fewer, reserveOf('c', 1));
    expect(none.state.holds.get('web:c')?.incoming).toBeUndefined();
    expect(atpOf(none)).toBe(11);
  });

  it('that has expired holds no promise', () => {
    const held = run(expecting, reserveOf('c', 12, { ttlMillis: 60_000 }));
    expect(atpOf(held)).toBe(0);
    expect(atpOf(held, 'web', { now: later(61) })).toBe(12);
    expect(outcomeOf(held, reserveOf('d', 12), { now: later(61) })).toEqual(['ReservationReleased', 'StockReserved']);
  });

  it('is told when units are ordered and nobody knows for when', () => {
    const { eta: _eta, ...undated } = incomingOf('po1', 10);
    const run_ = runAll(receipt(2), undated);
    expect(decideOn(run_.state, reserveOf('c', 3))).toMatchObject({
      refusal: { code: 'eta_unknown', requested: 3, available: 2 },
    });
    expect(outcomeOf(run_, reserveOf('c', 2))).toEqual(['StockReserved']);
  });
});

describe('an order', () => {
  it('commits what there is, is promised what is incoming, and is owed the rest', () => {
    const ordered = run(expecting, order('o1', 15));
    expect(news(expecting, ordered)).toEqual(['CommitmentChanged', 'BackorderPromised']);
    expect(lineOf(ordered)).toMatchObject({
      committed: [
        { location: 'wh1', quantity: 2 },
        { location: 'unsourced:web', quantity: 3 },
      ],
      backordered: [{ incomingLine: 'po1', quantity: 10, date: eta }],
    });
    expect(ordered.events.at(-1)).toMatchObject({ data: { incomingLine: 'po1', quantity: 10, date: eta } });
    expect(atpOf(ordered)).toBe(0);
  });

  it('takes over what its cart was promised', () => {
    const held = run(expecting, reserveOf('c', 12));
    const ordered = run(held, { ...order('o1', 7), reservation: 'web:c' });
    expect(promisesOf(ordered)).toEqual([['po1', 5]]);
    expect(ordered.state.holds.size).toBe(0);
    expect(atpOf(ordered)).toBe(5);
  });

  it('takes over what its cart was promised where it withholds units as well', () => {
    const held = run(expecting, reserveOf('c', 12));
    const wanted = order('o1', 7);
    const ordered = run(held, {
      ...wanted,
      lines: wanted.lines.map((line) => ({ ...line, ordered: 8, withheld: 1 })),
      reservation: 'web:c',
    });
    expect(promisesOf(ordered)).toEqual([['po1', 5]]);
    const changed = ordered.events.find(({ type }) => type === 'CommitmentChanged');
    expect(changed?.data).toMatchObject({
      consumed: { quantity: 7, held: { quantity: 5, incoming: [{ incomingLine: 'po1', quantity: 5 }] } },
    });
  });

  it('gives up what is owed, then promises, then what it has at a place', () => {
    const ordered = run(expecting, order('o1', 15));
    expect(promisesOf(run(ordered, order('o1', 12, { version: 2 })))).toEqual([['po1', 10]]);
    const fewer = run(ordered, order('o1', 4, { version: 2 }));
    expect(promisesOf(fewer)).toEqual([['po1', 2]]);
    expect(fewer.events.at(-1)).toMatchObject({ type: 'BackorderDropped', data: { quantity: 8 } });
    expect(lineOf(run(fewer, order('o1', 1, { version: 3 })))).toMatchObject({
      committed: [{ location: 'wh1', quantity: 1 }],
    });
    expect(promisesOf(run(fewer, order('o1', 1, { version: 3 })))).toEqual([]);
  });

  it('that is issued from elsewhere drops what it was promised', () => {
    const ordered = run(expecting, order('o1', 5));
    const issued = run(ordered, issueOf(4, { location: 'wh2', order: lineOfOrder('o1') }));
    expect(news(ordered, issued)).toEqual(['StockIssued', 'BackorderDropped']);
    expect(lineOf(issued)).toMatchObject({ issued: 4, committed: [{ location: 'wh1', quantity: 1 }] });
  });
});

describe('units that come free', () => {
  const first = run(expecting, order('o1', 6));
  const both = run(first, order('o2', 3));

  it('fill promises by their date, whatever line they come on', () => {
    const received = run(both, receipt(5));
    expect(news(both, received)).toEqual(['StockReceived', 'BackorderFilled', 'BackorderFilled']);
    expect(promisesOf(received, 'o1')).toEqual([]);
    expect(promisesOf(received, 'o2')).toEqual([['po1', 2]]);
    expect(received.events.at(-1)).toMatchObject({
      data: { quantity: 1, location: 'wh1', incomingLine: 'po1', date: eta },
    });
  });

  it('serve who is owed, then who was promised, then quotas, then the pool', () => {
    const owing = run(run(expecting, order('o1', 20)), quotaOf('b2b', 4));
    const received = run(owing, receipt(25));
    expect(news(owing, received)).toEqual(['StockReceived', 'CommitmentMoved', 'BackorderFilled', 'QuotaFilled']);
    expect(received.state.balances.get('wh1')).toMatchObject({ sellable: 3, committed: 20, fenced: { b2b: 4 } });
  });
});

describe('a line of a purchase order', () => {
  const two = run(run(expecting, incomingOf('po2', 8, { eta: later(2 * day) })), order('o1', 10));

  it('is promised after an earlier one', () => {
    expect(promisesOf(two)).toEqual([['po2', 8]]);
    expect(promisesOf(run(two, order('o1', 12, { version: 2 })))).toEqual([
      ['po2', 8],
      ['po1', 2],
    ]);
  });

  const promised = run(run(expecting, order('o1', 8)), incomingOf('po2', 8, { eta: later(2 * day) }));
  it.each([
    ['slips', { eta: later(5 * day) }, [['po2', 6]]],
    [
      'is cut',
      { quantity: 4 },
      [
        ['po1', 4],
        ['po2', 2],
      ],
    ],
    ['is cancelled', { quantity: 0 }, [['po2', 6]]],
    ['is not confirmed any more', { confirmed: false }, [['po2', 6]]],
  ] as const)('that %s gives its promises to one that comes in time', (_, rest, expected) => {
    const quantity = 'quantity' in rest ? rest.quantity : 10;
    const revised = run(promised, incomingOf('po1', quantity, { sourceVersion: 2, ...rest }));
    expect(promisesOf(revised)).toEqual(expected);
    expect(revised.events.at(-1)).toMatchObject({
      type: 'BackorderMoved',
      data: { from: 'po1', to: 'po2', date: eta },
    });
  });

  it('keeps the promises that nothing else can meet: they are at risk', () => {
    const alone = run(expecting, order('o1', 8));
    const cancelled = run(alone, incomingOf('po1', 0, { sourceVersion: 2 }));
    expect(promisesOf(cancelled)).toEqual([['po1', 6]]);
    expect(atpOf(cancelled)).toBe(0);
    expect(promisesOf(run(cancelled, receipt(6)))).toEqual([]);
  });
});

describe('every history', () => {
  const seen = new Map<string, number>();
  it('has promises made, filled and dropped in it: what is checked of them is not vacuous', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let state = started.state;
        for (const { command, now: moment } of all) {
          const decision = decideOn(state, command, { now: moment });
          if (decision.kind === 'refused') continue;
          for (const { type } of decision.events) seen.set(type, (seen.get(type) ?? 0) + 1);
          state = decision.events.reduce(evolve, state);
        }
      }),
      { numRuns: 300 },
    );
    for (const type of ['BackorderPromised', 'BackorderFilled', 'BackorderDropped'])
      expect(seen.get(type) ?? 0, type).toBeGreaterThan(5);
  });

  it('is the same from a snapshot', () => {
    const before = run(run(expecting, order('o1', 9)), reserveOf('c', 2));
    const next = receipt(4);
    const events = (state: typeof before.state): readonly StockEvent[] => {
      const decision = decideOn(state, next);
      return decision.kind === 'refused' ? [] : decision.events;
    };
    expect(events(restored(before).state)).toEqual(events(before.state));
    expect(events(initialState())).not.toEqual(events(before.state));
  });
});
