import { describe, expect, it } from 'vitest';
import { channelNamed, day, later, policy } from '../../testing/company.js';
import { incomingOf, receipt } from '../../testing/facts.js';
import { lineOfOrder, lineTarget, order, orderOf, quotaOf, reserveOf, sweep } from '../../testing/requests.js';
import { play, run, runAll, started, type Run } from '../../testing/run.js';
import { atpOf, lineOf, promisesOf, quotaStanding, sellableAt } from '../../testing/standing.js';
import type { StockCommand } from '../commands.js';

/* Who waits for units, and who gets them: what is easily got wrong where several wait, or wait on several lines. */

const orders = (count: number): readonly StockCommand[] =>
  Array.from({ length: count }, (_, index) => order(`o${1000 + index}`, 1));
const owed = (of: Run): number => sellableAt(of, 'unsourced:web');

describe('promises on several lines', () => {
  const soon = incomingOf('po2', 10, { eta: later(2 * day) });
  const cancel = incomingOf('po1', 0, { sourceVersion: 2 });
  const promised = runAll(incomingOf('po1', 10), order('o1', 10));

  it('end alike whether the better line or the bad news comes first', () => {
    for (const told of [play(promised, [soon, cancel]), play(promised, [cancel, soon])]) {
      expect(promisesOf(told, 'o1')).toEqual([['po2', 10]]);
      expect(atpOf(told)).toBe(0);
    }
  });

  it('wait for the other line when the units of theirs have served an earlier promise', () => {
    const both = runAll(
      incomingOf('po1', 10, { eta: later(5 * day) }),
      order('o1', 10),
      incomingOf('po2', 10, { eta: later(6 * day) }),
      order('o2', 10),
    );
    const received = run(both, receipt(10, { incomingLine: 'po2' }));
    expect(promisesOf(received, 'o1')).toEqual([]);
    expect(promisesOf(received, 'o2')).toEqual([['po1', 10]]);
    expect(atpOf(received)).toBe(0);
  });

  it('are moved by the hundred', () => {
    const many = play(runAll(incomingOf('po1', 150)), orders(150));
    const moved = play(many, [incomingOf('po2', 150, { eta: later(2 * day) }), cancel]);
    expect(moved.state.pledged.get('po1') ?? 0).toBe(0);
    expect(moved.state.pledged.get('po2')).toBe(150);
    expect(atpOf(moved)).toBe(0);
  });

  it('of a cart whose line was cancelled become the order’s on a line that comes', () => {
    const held = play(runAll(receipt(0), incomingOf('po1', 10)), [
      incomingOf('po2', 10, { eta: later(3 * day) }),
      reserveOf('c', 3),
      cancel,
    ]);
    const ordered = run(held, orderOf('o1', [lineTarget('1', 1, 3)], { reservation: 'web:c' }));
    expect(promisesOf(ordered, 'o1')).toEqual([['po2', 3]]);
  });
});

describe('a receipt', () => {
  const arrived = receipt(10, { incomingLine: 'po1' });
  const receivedOn = ({ state }: Run) => [...state.incoming.entries()].map(([line, { received }]) => [line, received]);

  it('that is corrected to another line has arrived there, and no longer here', () => {
    const corrected = { ...arrived, sourceVersion: 2, incomingLine: 'po2', hash: 'other' };
    const told = play(runAll(incomingOf('po1', 10), incomingOf('po2', 10), arrived), [corrected]);
    expect(receivedOn(told)).toEqual([
      ['po1', 0],
      ['po2', 10],
    ]);
  });

  it('that is voided has not arrived, named or not', () => {
    const { incomingLine: _line, ...bare } = arrived;
    const voided = { ...bare, sourceVersion: 2, quantity: 0, hash: 'none' };
    expect(receivedOn(play(runAll(incomingOf('po1', 10), arrived), [voided]))).toEqual([['po1', 0]]);
  });
});

describe('more who wait than one append serves', () => {
  it('and are owed come before quotas, sweep by sweep', () => {
    const owing = play(runAll(receipt(0), quotaOf('b2b', 50)), orders(150));
    const served = play(owing, [receipt(150), sweep, sweep]);
    expect(owed(served)).toBe(0);
    expect(quotaStanding(served, 'b2b').fenced).toBe(0);
  });

  it('and were promised come before quotas', () => {
    const waiting = play(runAll(incomingOf('po1', 500), quotaOf('b2b', 50)), orders(500));
    const served = play(waiting, [receipt(500, { incomingLine: 'po1' }), sweep]);
    expect(served.state.promises.size).toBe(0);
    expect(quotaStanding(served, 'b2b').fenced).toBe(0);
  });

  it('keep nobody waiting whose channel sells elsewhere', () => {
    const apart = new Map([
      ['web', { ...channelNamed('web'), locations: ['wh1'] }],
      ['b2b', { ...channelNamed('b2b'), locations: ['wh2'] }],
    ]);
    const rest = { policy: { ...policy, channels: apart } };
    const lines = [
      incomingOf('po1', 900, { eta: later(2 * day) }),
      incomingOf('po2', 5, { location: 'wh2', eta: later(3 * day) }),
    ];
    const waiting = play(play(started, lines, rest), [...orders(450), order('bb', 1, { channel: 'b2b' })], rest);
    const received = run(waiting, receipt(1, { location: 'wh2', incomingLine: 'po2' }), rest);
    expect(promisesOf(received, 'bb', 'b2b')).toEqual([]);
  });
});

describe('units that a channel has of its own quota', () => {
  it('serve its lines that are owed, whichever of two facts comes first', () => {
    const start = runAll(receipt(5), quotaOf('web', 5), order('o1', 5));
    const [cancel, next] = [order('o1', 0, { version: 2 }), order('o2', 5)];
    for (const end of [play(start, [next, cancel]), play(start, [cancel, next])]) {
      expect(owed(end)).toBe(0);
      expect(lineOf(end, 'o2')?.committed).toEqual([{ location: 'wh1', quantity: 5 }]);
    }
  });

  it('go back to it when a commitment moves to another place', () => {
    const before = runAll(
      receipt(5),
      receipt(5, { location: 'wh2' }),
      quotaOf('web', 5),
      quotaOf('web', 5, { location: 'wh2' }),
      order('o1', 1),
    );
    const moved = run(before, {
      ...({ kind: 'move_commitment', connection: 'wms', from: 'wh1', quantity: 1, reason: 'resourced' } as const),
      order: lineOfOrder('o1'),
    });
    expect(quotaStanding(moved, 'web')).toMatchObject({ fenced: 5, spent: 0 });
    expect(quotaStanding(moved, 'web', 'wh2')).toMatchObject({ fenced: 4, spent: 1 });
    expect(atpOf(moved, 'b2b')).toBe(0);
  });
});

describe('units of a cart whose time is over', () => {
  const waiting = runAll(receipt(1), reserveOf('c', 1), incomingOf('po1', 10), order('o1', 1));
  it.each([
    ['an order', order('o2', 1)],
    ['a cart', reserveOf('c2', 1)],
    ['a sweep', sweep],
  ])('go to who was promised some, and not to %s that comes', (_, command) => {
    const after = run(waiting, command, { now: later(1_000) });
    expect(lineOf(after, 'o1')).toMatchObject({ committed: [{ location: 'wh1', quantity: 1 }] });
    expect(promisesOf(after, 'o1')).toEqual([]);
  });
});

describe('what is incoming', () => {
  it('is promised to nobody as far as others are owed: they are served first', () => {
    expect(atpOf(runAll(receipt(0), order('o1', 3), incomingOf('po1', 10)))).toBe(7);
  });
});
