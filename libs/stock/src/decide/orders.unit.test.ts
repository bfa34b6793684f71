import { describe, expect, it } from 'vitest';
import { specify } from '#testing';
import { at, later, nothingKnown, now, policy } from '../../testing/company.js';
import { adjustment, issueOf, receipt, returnOf } from '../../testing/facts.js';
import { lineOfOrder, lineTarget, orderOf, reserveOf, sweep } from '../../testing/requests.js';
import { outcomeOf, run, runAll, started, type Run } from '../../testing/run.js';
import { lineOf, srcq, standingOfLine } from '../../testing/standing.js';
import type { MoveCommitment, StockCommand, TargetLine } from '../commands.js';
import type { LineStanding } from '../standing.js';
import { returnExpectedOf } from '../lines.js';
import { stockDecider } from '../stock-kind.js';

const spec = specify(stockDecider, { now, policy, known: nothingKnown });
const order = lineOfOrder('o1');
const wants = (version: number, promised: number, rest: Partial<TargetLine> = {}) =>
  orderOf('o1', [lineTarget('1', version, promised, rest)]);
const stocked = runAll(receipt(4), receipt(3, { location: 'wh2' }));
const unsourced = 'unsourced:web';

describe('an order', () => {
  it('commits in the order of its channel, and owes what no place covers', () => {
    const line: LineStanding = {
      version: 0,
      ordered: 9,
      promised: 9,
      baselineIssued: 0,
      baselineReturned: 0,
      issued: 0,
      returned: 0,
      withheld: 0,
      committed: [
        { location: 'wh1', quantity: 4 },
        { location: 'wh2', quantity: 3 },
        { location: unsourced, quantity: 2 },
      ],
      sent: [],
      paid: true,
      placedAt: at('11:00'),
    };
    spec
      .given(...stocked.events)
      .when(wants(0, 9))
      .then({
        type: 'CommitmentChanged',
        data: {
          parts: line.committed.map((place) => ({ ...place, from: 'sellable', to: 'committed' })),
          order,
          line,
          decidedOn: { atp: 7, policies: { 'policy-channel-web': 3 } },
        },
        occurredAt: at('11:00'),
      });
  });
  it('is a fact: it opens an SKU, the same version again changes nothing, an older one comes too late', () => {
    const first = run(started, wants(3, 2));
    expect(srcq(first, unsourced)).toEqual([-2, 0, 2, 0]);
    expect(outcomeOf(first, wants(3, 2))).toEqual([]);
    expect(outcomeOf(first, wants(2, 7))).toEqual([]);
  });
  it('takes all from the hinted location if that covers it, else follows its channel', () => {
    expect(srcq(run(stocked, wants(0, 3, { location: 'wh2' })), 'wh2')).toEqual([0, 0, 3, 0]);
    expect(srcq(run(stocked, wants(0, 4, { location: 'wh2' })), 'wh1')).toEqual([0, 0, 4, 0]);
  });
  it('gives back what no place covers first, then what its last location has', () => {
    const wanted = run(stocked, wants(0, 9));
    expect(lineOf(run(wanted, wants(1, 5)))?.committed).toEqual([
      { location: 'wh1', quantity: 4 },
      { location: 'wh2', quantity: 1 },
    ]);
    expect(run(wanted, wants(1, 0)).state.lines.size).toBe(0);
  });
  it('remembers what the opening figure held: the baseline is neither committed nor issued', () => {
    const opened = run(stocked, wants(0, 5, { baselineIssued: 2, shipped: 3 }));
    expect([srcq(opened, 'wh1'), srcq(opened, 'wh2')]).toEqual([
      [1, 0, 2, 0],
      [3, 0, 0, 0],
    ]);
    expect(lineOf(opened)?.issued).toBe(1);
  });
  it('is refused for its form, an unknown channel and a stranger alone', () => {
    expect(outcomeOf(stocked, wants(0, -1))).toEqual(['quantity_out_of_range']);
    expect(outcomeOf(stocked, { ...wants(0, 1), occurredAt: later(301) })).toEqual(['occurred_in_future']);
    expect(outcomeOf(stocked, { ...wants(0, 1), channel: 'x' })).toEqual(['unknown_channel']);
    expect(outcomeOf(stocked, { ...wants(0, 1), connection: 'b2b_shop' })).toEqual(['not_author']);
  });
});

describe('an order of a cart', () => {
  const held = run(stocked, reserveOf('c1', 5));
  const placed = (promised: number) => ({ ...wants(0, promised), reservation: 'web:c1' });
  it('consumes the hold, and frees what it leaves of it', () => {
    const all = run(held, placed(3));
    expect([srcq(all, 'wh1'), srcq(all, 'wh2'), all.state.holds.size]).toEqual([[1, 0, 3, 0], [3, 0, 0, 0], 0]);
    expect(all.events.slice(-2)).toMatchObject([
      { type: 'CommitmentChanged', data: { consumed: { reservation: 'web:c1', quantity: 3, held: { quantity: 2 } } } },
      { type: 'ReservationReleased', data: { reason: 'order_placed' } },
    ]);
  });
  it('takes more where the hold does not suffice', () => {
    expect(srcq(run(held, placed(7)), 'wh2')).toEqual([0, 0, 3, 0]);
  });
  it('leaves the rest a minute where another order of the cart may follow', () => {
    const b2b = run(stocked, { ...reserveOf('c1', 5), connection: 'b2b_shop', channel: 'b2b' });
    const split = run(b2b, { ...wants(0, 3), connection: 'b2b_shop', channel: 'b2b', reservation: 'b2b:c1' });
    expect(split.state.holds.get('b2b:c1')).toMatchObject({ quantity: 2, expiresAt: later(60) });
  });
  it('finds nothing in a hold that has expired, but its units', () => {
    const late = run(held, placed(7), { now: later(900) });
    expect(late.events.at(-1)?.data).not.toHaveProperty('consumed');
    expect([srcq(late, 'wh1'), srcq(late, 'wh2')]).toEqual([
      [0, 0, 4, 0],
      [0, 0, 3, 0],
    ]);
  });
});

describe('units that come free', () => {
  const owing = (key: string, rest: object): StockCommand =>
    orderOf(key, [lineTarget('1', 0, 2, rest)], { placedAt: at(key) });
  const queue = runAll(owing('10:01', { paid: false }), owing('10:03', {}), owing('10:02', {}));
  const owed = ({ state }: Run) => [...state.oversold.values()].map((key) => key.split('|')[2]);
  it('serve what is owed first: paid, then the oldest', () => {
    expect(owed(queue)).toEqual(['10:02', '10:03', '10:01']);
    const some = run(queue, receipt(3, { location: 'wh2' }));
    expect(some.events.slice(-2)).toMatchObject([
      { type: 'CommitmentMoved', data: { order: { orderKey: '10:02' }, quantity: 2, reason: 'oversold_served' } },
      { type: 'CommitmentMoved', data: { order: { orderKey: '10:03' }, quantity: 1 } },
    ]);
    expect([owed(some), srcq(some, 'wh2'), srcq(some, unsourced)]).toEqual([
      ['10:03', '10:01'],
      [0, 0, 3, 0],
      [-3, 0, 3, 0],
    ]);
  });
  it('serve no channel that does not sell from there', () => {
    expect(owed(run(queue, receipt(9, { location: 'floor', connection: 'till' })))).toHaveLength(3);
  });
  it('come from cancellations as well as from returns and adjustments', () => {
    const full = run(runAll(receipt(2), owing('10:00', {})), owing('10:01', {}));
    expect(owed(run(full, orderOf('10:00', [lineTarget('1', 1, 0)])))).toEqual([]);
    expect(owed(run(full, adjustment(2)))).toEqual([]);
  });
  it('serve a hundred lines at once, the sweep the rest', () => {
    const many = Array.from({ length: 150 }, (_, index) => orderOf(`o${index}`, [lineTarget('1', 0, 1)]));
    const received = run(
      many.reduce((before, command) => run(before, command), started),
      receipt(200),
    );
    expect(received.state.oversold.size).toBe(50);
    expect(outcomeOf(received, reserveOf('c', 51))).toEqual(['insufficient']);
    expect(run(received, sweep).state.oversold.size).toBe(0);
  });
});

describe('an issue of an order line', () => {
  const committed = run(stocked, wants(0, 5));
  it('takes what is committed there, then releases as much elsewhere, then what is sellable', () => {
    const there = run(committed, issueOf(2, { order, location: 'wh2' }));
    expect([srcq(there, 'wh1'), srcq(there, 'wh2'), lineOf(there)?.issued]).toEqual([[1, 0, 3, 0], [1, 0, 0, 0], 2]);
    const beyond = run(committed, issueOf(6, { order }));
    expect([srcq(beyond, 'wh1'), srcq(beyond, 'wh2')]).toEqual([
      [-2, 0, 0, 0],
      [3, 0, 0, 0],
    ]);
  });
  it('is posted although its order is still to come, which then commits the rest', () => {
    const early = run(stocked, issueOf(2, { order }));
    expect([srcq(early, 'wh1'), lineOf(early)?.version]).toEqual([[2, 0, 0, 0], -1]);
    const both = run(early, wants(0, 5));
    expect([srcq(both, 'wh1'), srcq(both, 'wh2')]).toEqual([
      [0, 0, 2, 0],
      [2, 0, 1, 0],
    ]);
  });
  it('taken back, commits again what the line lacks', () => {
    const fact = (quantity: number, sourceVersion: number) =>
      issueOf(quantity, { order, sourceKey: 'parcel', sourceVersion });
    const issued = run(committed, fact(4, 1));
    expect(srcq(run(issued, fact(0, 2)), 'wh1')).toEqual([0, 0, 4, 0]);
    const cancelled = run(issued, wants(1, 1));
    expect(srcq(run(cancelled, fact(0, 2)), 'wh1')).toEqual([3, 0, 1, 0]);
  });
  it('taken back where it had made the place short, fills the hole; the line gets its units where they are', () => {
    const fact = (quantity: number, sourceVersion: number) =>
      issueOf(quantity, { order, sourceKey: 'parcel', sourceVersion, location: 'wh2' });
    const two = run(runAll(receipt(2)), wants(0, 2));
    const voided = run(run(two, fact(2, 1)), fact(0, 2));
    expect([srcq(voided, 'wh1'), srcq(voided, 'wh2'), srcq(voided, 'unsourced:web')]).toEqual([
      [0, 0, 2, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });
  it('moved to another line, is taken back from the one and issued for the other', () => {
    const other = { ...order, line: '2' };
    const two = run(committed, orderOf('o1', [lineTarget('2', 0, 1)]));
    const first = run(two, issueOf(1, { order, sourceKey: 'parcel', sourceVersion: 1 }));
    const second = run(first, issueOf(1, { order: other, sourceKey: 'parcel', sourceVersion: 2 }));
    expect([lineOf(second)?.issued, standingOfLine(second, other)?.issued]).toEqual([0, 1]);
    expect(lineOf(second)?.committed.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(5);
  });
});

describe('a shop that is author of issues and returns', () => {
  it('issues the difference to what is issued, and voids it when it leaves the issued state', () => {
    const shipped = run(stocked, wants(0, 5, { shipped: 5 }));
    expect([srcq(shipped, 'wh1'), srcq(shipped, 'wh2')]).toEqual([
      [0, 0, 0, 0],
      [2, 0, 0, 0],
    ]);
    expect(outcomeOf(shipped, wants(1, 5, { shipped: 5, paid: false }))).toEqual(['CommitmentChanged']);
    const cancelled = run(shipped, wants(1, 0, { ordered: 5, shipped: 0 }));
    expect([srcq(cancelled, 'wh1'), srcq(cancelled, 'wh2')]).toEqual([
      [4, 0, 0, 0],
      [3, 0, 0, 0],
    ]);
    const part = run(shipped, wants(1, 5, { shipped: 2 }));
    expect([srcq(part, 'wh1'), srcq(part, 'wh2')]).toEqual([
      [0, 0, 2, 0],
      [2, 0, 1, 0],
    ]);
  });
  it('returns of the restocked only what had been issued, whichever is told first', () => {
    const told = run(stocked, wants(0, 3, { ordered: 4, restocked: 2 }));
    expect(lineOf(told)?.returned).toBe(0);
    const issued = run(told, issueOf(3, { order }));
    expect([lineOf(issued)?.returned, srcq(issued, 'wh1')]).toEqual([1, [2, 0, 0, 0]]);
    const other = run(
      run(run(stocked, wants(0, 3, { ordered: 4 })), issueOf(3, { order })),
      wants(1, 3, { ordered: 4, restocked: 2 }),
    );
    expect(srcq(other, 'wh1')).toEqual(srcq(issued, 'wh1'));
    expect(srcq(run(issued, wants(2, 3, { ordered: 4, restocked: 0 })), 'wh1')).toEqual([1, 0, 0, 0]);
  });
  it('does not return again what the warehouse has returned', () => {
    const issued = run(run(stocked, wants(0, 3, { restocked: 1 })), issueOf(3, { order }));
    expect(srcq(run(issued, returnOf(1, { order })), 'wh1')).toEqual(srcq(issued, 'wh1'));
  });
  it('sets aside what was refunded before issue without restock', () => {
    const committed = run(stocked, wants(0, 5));
    const refunded = run(committed, wants(1, 3, { ordered: 5, withheld: 2 }));
    expect([srcq(refunded, 'wh1'), srcq(refunded, 'wh2')]).toEqual([
      [0, 0, 3, 1],
      [2, 0, 0, 1],
    ]);
    const again = run(refunded, wants(2, 5));
    expect([srcq(again, 'wh1'), srcq(again, 'wh2')]).toEqual([
      [0, 0, 4, 0],
      [2, 0, 1, 0],
    ]);
  });
});

describe('scenario 2, as its SKUs see it', () => {
  const permutations = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
  const target = (line: string, version: number, promised: number) =>
    orderOf('77', [lineTarget(line, version, promised)]);

  it.each([
    [
      'A',
      [target('L1', 1, 3), target('L1', 2, 2), target('L1', 3, 0), target('L1', 3, 0), target('L1', 3, 0)],
      3,
      [10, 0, 0, 0],
    ],
    ['B', [target('L2', 3, 2), target('L2', 4, 0), target('L2', 5, 2)], 2, [8, 0, 2, 0]],
  ] as const)(
    '%s: the same end in every order of arrival, doubled, and never above what was wanted',
    (_, versions, most, end) => {
      for (const arrival of permutations<StockCommand>(versions)) {
        let all = runAll(receipt(10));
        for (const command of arrival.flatMap((one) => [one, one])) {
          all = run(all, command);
          expect(srcq(all, 'wh1')[2]).toBeLessThanOrEqual(most);
        }
        expect(srcq(all, 'wh1')).toEqual(end);
      }
    },
  );
});

describe('commitments under way', () => {
  const committed = runAll(receipt(2), receipt(5, { location: 'wh2' }), wants(0, 3));
  const moveOf = (rest: Partial<MoveCommitment> = {}): MoveCommitment => ({
    kind: 'move_commitment',
    connection: 'web_shop',
    order,
    from: 'wh1',
    to: 'wh2',
    quantity: 1,
    reason: 'resourced',
    ...rest,
  });
  const tell = (state: 'sent' | 'acknowledged' | 'refused', quantity: number, location = 'wh1'): StockCommand => ({
    kind: 'acknowledge_commitment',
    connection: 'wms',
    order,
    location,
    quantity,
    state,
  });

  it('move to another place that has the units', () => {
    expect([srcq(run(committed, moveOf()), 'wh1'), srcq(run(committed, moveOf()), 'wh2')]).toEqual([
      [1, 0, 1, 0],
      [3, 0, 2, 0],
    ]);
  });
  it('do not move without a line, units or a place', () => {
    expect(outcomeOf(committed, moveOf({ quantity: 0 }))).toEqual(['quantity_out_of_range']);
    expect(outcomeOf(committed, moveOf({ order: { ...order, channel: 'x' } }))).toEqual(['unknown_channel']);
    expect(outcomeOf(committed, moveOf({ to: 'x' }))).toEqual(['unknown_location']);
    expect(outcomeOf(committed, moveOf({ connection: 'till' }))).toEqual(['not_author']);
    expect(outcomeOf(started, moveOf())).toEqual(['unknown_sku']);
    expect(outcomeOf(committed, moveOf({ order: { ...order, line: '9' } }))).toEqual(['unknown_order_line']);
    expect(outcomeOf(committed, moveOf({ quantity: 3 }))).toEqual(['not_committed_there']);
    expect(outcomeOf(run(committed, reserveOf('c', 4)), moveOf())).toEqual(['location_short']);
  });
  it('move wherever the order of taking finds units; what no place covers is owed', () => {
    const anywhere = (rest: Partial<MoveCommitment> = {}): StockCommand => {
      const { to: _to, ...move } = moveOf(rest);
      return move;
    };
    const short = run(run(committed, reserveOf('c', 3)), anywhere({ reason: 'short_pick', quantity: 2 }));
    expect([srcq(short, 'wh1'), srcq(short, 'wh2'), srcq(short, 'unsourced:web')]).toEqual([
      [0, 0, 0, 2],
      [0, 3, 2, 0],
      [-1, 0, 1, 0],
    ]);
    expect(outcomeOf(short, anywhere({ from: 'unsourced:web' }))).toEqual(['insufficient']);
    const servedAgain = run(short, anywhere({ from: 'wh2' }));
    expect([srcq(servedAgain, 'wh2'), srcq(servedAgain, 'unsourced:web')]).toEqual([
      [0, 3, 2, 0],
      [-1, 0, 1, 0],
    ]);
  });
  it('stay when sent and cancelled, until the warehouse refuses them', () => {
    const cancelled = run(run(committed, tell('sent', 2)), wants(1, 0));
    expect(srcq(cancelled, 'wh1')).toEqual([0, 0, 2, 0]);
    expect(outcomeOf(cancelled, tell('acknowledged', 2))).toEqual(['CommitmentAcknowledged']);
    expect(srcq(run(cancelled, tell('refused', 2)), 'wh1')).toEqual([2, 0, 0, 0]);
    const shipped = run(cancelled, issueOf(2, { order }));
    expect([srcq(shipped, 'wh1'), shipped.state.lines.size]).toEqual([[0, 0, 0, 0], 0]);
    const lineAfter = lineOf(shipped);
    expect(lineAfter && returnExpectedOf(lineAfter)).toBe(2);
    const back = run(shipped, returnOf(1, { order }));
    const lineBack = lineOf(back);
    expect(lineBack && returnExpectedOf(lineBack)).toBe(1);
  });
  it('are not sent twice, nor refused without having been sent', () => {
    expect(outcomeOf(run(committed, tell('sent', 2)), tell('sent', 1))).toEqual(['not_committed_there']);
    expect(outcomeOf(committed, tell('refused', 1))).toEqual(['not_committed_there']);
    expect(outcomeOf(committed, { ...tell('sent', 1), order: { ...order, line: '9' } } as StockCommand)).toEqual([
      'unknown_order_line',
    ]);
  });
  it('scenario 8: a short pick is re-sourced, and explained once by the adjustment that follows', () => {
    const one = run(committed, issueOf(1, { order }));
    const short = run(one, moveOf({ connection: 'wms', reason: 'short_pick' }));
    expect([srcq(short, 'wh1'), srcq(short, 'wh2')]).toEqual([
      [0, 0, 0, 1],
      [3, 0, 2, 0],
    ]);
    const adjusted = (sourceVersion: number, quantity: number, before: Run) =>
      run(before, adjustment(quantity, { sourceKey: 'a', sourceVersion }));
    const explained = adjusted(1, -1, short);
    expect(srcq(explained, 'wh1')).toEqual([0, 0, 0, 0]);
    expect(srcq(adjusted(2, 0, explained), 'wh1')).toEqual([0, 0, 0, 1]);
    expect(srcq(adjusted(3, -1, adjusted(2, 0, explained)), 'wh1')).toEqual([0, 0, 0, 0]);
    expect(srcq(run(explained, issueOf(2, { order, location: 'wh2' })), 'wh2')).toEqual([3, 0, 0, 0]);
  });
});

describe('a short location that owes', () => {
  it('keeps its commitments; its units are not sold from the next one', () => {
    const committed = runAll(receipt(5), receipt(10, { location: 'wh2' }), wants(0, 5));
    const short = run(committed, adjustment(-3));
    expect(srcq(short, 'wh1')).toEqual([-3, 0, 5, 0]);
    expect(outcomeOf(short, reserveOf('c1', 8))).toEqual(['insufficient']);
    const held = run(short, reserveOf('c1', 7));
    expect(srcq(held, 'wh2')).toEqual([3, 7, 0, 0]);
    expect(outcomeOf(held, reserveOf('c2', 1))).toEqual(['insufficient']);
  });
});
