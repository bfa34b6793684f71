import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOnQuotas, findingsOnWaiting } from '../../testing/audit-events.js';
import { steps, type Step } from '../../testing/commands.js';
import { later, now, policy } from '../../testing/company.js';
import { adjustment, issueOf, receipt } from '../../testing/facts.js';
import { lineOfOrder, order, quotaOf, reserveOf, sweep } from '../../testing/requests.js';
import { decideOn, outcomeOf, run, runAll, started, typesOf } from '../../testing/run.js';
import { quotaStanding, sellableAt, srcq } from '../../testing/standing.js';
import { evolve } from '../evolve.js';
import type { StockEvent } from '../events.js';
import { supplyOf } from '../state/supply.js';
import type { StockState } from '../state/state.js';

const ordered = (orderKey: string, version: number, quantity: number, channel = 'b2b') =>
  order(orderKey, quantity, { version, channel });
const b2bCart = (cart: string, quantity: number) =>
  reserveOf(cart, quantity, { channel: 'b2b', connection: 'b2b_shop' });

describe('a quota', () => {
  const twelve = runAll(receipt(12), quotaOf('b2b', 10), quotaOf('web', 10, { priority: 1 }));

  it('fences what is free, in the order of priority, and lacks the rest', () => {
    expect(quotaStanding(twelve, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
    expect(quotaStanding(twelve, 'web')).toEqual({ fenced: 2, lacking: 8, spent: 0 });
    expect(sellableAt(twelve)).toBe(0);
  });

  it('is filled by what comes in, before the pool', () => {
    const received = run(twelve, receipt(9));
    expect(quotaStanding(received, 'web')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
    expect(sellableAt(received)).toBe(1);
  });

  it('covers what a pick did not find elsewhere, and has it back when the order is cancelled', () => {
    const picked = runAll(receipt(2, { location: 'wh2' }), ordered('o1', 0, 2), receipt(12), quotaOf('b2b', 10));
    const short = run(picked, {
      ...{ kind: 'move_commitment', connection: 'wms', order: lineOfOrder('o1', 'b2b'), from: 'wh2' },
      ...{ quantity: 2, reason: 'short_pick' },
    });
    expect(quotaStanding(short, 'b2b')).toEqual({ fenced: 8, lacking: 0, spent: 2 });
    expect(quotaStanding(run(short, ordered('o1', 1, 0)), 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
  });

  it('is spent by its channel alone, and given back by a cart that lets go', () => {
    expect(outcomeOf(twelve, reserveOf('c', 3))).toEqual(['insufficient']);
    const held = run(twelve, b2bCart('c', 4));
    expect(quotaStanding(held, 'b2b')).toEqual({ fenced: 6, lacking: 0, spent: 4 });
    const released = run(held, { ...b2bCart('c', 0) });
    expect(quotaStanding(released, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
  });

  it('takes back what an order gives up, as far as it came from there', () => {
    const took = run(run(twelve, receipt(11)), ordered('o1', 1, 12));
    expect(quotaStanding(took, 'b2b')).toEqual({ fenced: 0, lacking: 0, spent: 10 });
    const fewer = run(took, ordered('o1', 2, 9));
    expect(quotaStanding(fewer, 'b2b')).toEqual({ fenced: 1, lacking: 0, spent: 9 });
    const none = run(fewer, ordered('o1', 3, 0));
    expect(quotaStanding(none, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
  });

  it('takes back what came out of it by way of a cart', () => {
    const held = run(twelve, b2bCart('c', 4));
    const took = run(held, { ...ordered('o1', 1, 4), reservation: 'b2b:c' });
    const none = run(took, ordered('o1', 2, 0));
    expect(quotaStanding(none, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
  });

  it('is used up by what is shipped: nothing refills it', () => {
    const shipped = run(run(twelve, ordered('o1', 1, 4)), issueOf(4, { order: lineOfOrder('o1', 'b2b') }));
    expect(quotaStanding(run(shipped, receipt(20)), 'b2b')).toEqual({ fenced: 6, lacking: 0, spent: 4 });
  });

  it('has back what an issue took that did not take place, at once or when its order gives it up', () => {
    const five = runAll(receipt(8), quotaOf('b2b', 5), ordered('o1', 1, 3));
    const issue = issueOf(3, { order: lineOfOrder('o1', 'b2b') });
    const undone = { ...issue, sourceVersion: 2, quantity: 0, hash: 'undone' };
    const alone = { fenced: 5, lacking: 0, spent: 0 };
    const voided = run(run(five, issue), undone);
    expect(quotaStanding(voided, 'b2b')).toEqual({ fenced: 2, lacking: 0, spent: 3 });
    expect(quotaStanding(run(voided, ordered('o1', 2, 0)), 'b2b')).toEqual(alone);
    const late = run(run(run(five, issue), ordered('o1', 2, 0)), undone);
    expect(quotaStanding(late, 'b2b')).toEqual(alone);
    expect(sellableAt(late)).toBe(3);
  });

  it('that is lowered returns what is too much, and set anew counts from nothing', () => {
    const lowered = run(twelve, quotaOf('b2b', 3));
    expect(typesOf(lowered.events.slice(twelve.events.length))).toEqual(['QuotaSet', 'QuotaReturned', 'QuotaFilled']);
    expect(quotaStanding(lowered, 'b2b')).toEqual({ fenced: 3, lacking: 0, spent: 0 });
    expect(quotaStanding(lowered, 'web')).toEqual({ fenced: 9, lacking: 1, spent: 0 });
    const held = run(twelve, b2bCart('c', 4));
    const again = run(run(held, receipt(20)), quotaOf('b2b', 10));
    expect(quotaStanding(again, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
    const late = run(again, b2bCart('c', 0));
    expect(quotaStanding(late, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
  });

  it('that is taken away leaves nothing behind, not even what carts give back later', () => {
    const held = run(twelve, b2bCart('c', 4));
    const gone = run(held, quotaOf('b2b', 0));
    const late = run(gone, b2bCart('c', 0));
    expect(late.state.balances.get('wh1')?.fenced['b2b']).toBe(0);
    expect(quotaStanding(late, 'web')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
  });

  it('that is lowered while a cart has its units leaves them to everybody once the cart is over', () => {
    const held = runAll(receipt(10), quotaOf('b2b', 10), b2bCart('c', 4), quotaOf('b2b', 1));
    const over = later(86_400);
    expect(outcomeOf(held, reserveOf('other', 9), { now: later(1) })).toEqual(['insufficient']);
    const taken = run(held, reserveOf('other', 9), { now: over });
    expect(srcq(taken, 'wh1').slice(0, 2)).toEqual([0, 9]);
    expect(quotaStanding(taken, 'b2b')).toEqual({ fenced: 1, lacking: 0, spent: 0 });
    expect(outcomeOf(held, reserveOf('other', 10), { now: over })).toEqual(['insufficient']);
    const swept = run(held, sweep, { now: over });
    expect(supplyOf(swept.state, over)).toEqual(supplyOf(held.state, over));
  });

  it('keeps no units that are not there: those filled last are returned first', () => {
    const lost = run(twelve, adjustment(-5));
    expect(quotaStanding(lost, 'b2b')).toEqual({ fenced: 7, lacking: 3, spent: 0 });
    expect(quotaStanding(lost, 'web')).toEqual({ fenced: 0, lacking: 10, spent: 0 });
    expect(sellableAt(lost)).toBe(0);
    const found = run(lost, receipt(4));
    expect(quotaStanding(found, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
    expect(quotaStanding(found, 'web')).toEqual({ fenced: 1, lacking: 9, spent: 0 });
  });

  it('gives nothing at a location that is not open, although the next one is', () => {
    const wh1 = policy.locations.get('wh1');
    if (!wh1) throw new Error('no wh1');
    const shut = { ...policy, locations: new Map(policy.locations).set('wh1', { ...wh1, state: 'counting' as const }) };
    const elsewhere = run(twelve, receipt(3, { location: 'wh2' }));
    const held = run(elsewhere, b2bCart('c', 3), { policy: shut });
    expect(quotaStanding(held, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
    expect(outcomeOf(held, b2bCart('d', 1), { policy: shut })).toEqual(['insufficient']);
  });

  it('comes after everybody who is owed', () => {
    const owed = run(twelve, ordered('o9', 1, 5, 'web'));
    const received = run(owed, receipt(4));
    expect(received.state.lines.get('web|ordered|o9|1')).toMatchObject({
      line: { committed: [{ location: 'wh1', quantity: 5 }] },
    });
    expect(quotaStanding(received, 'web').fenced).toBe(1);
  });

  it('says on the events of carts and orders how it stands after them', () => {
    expect(run(twelve, b2bCart('c', 4)).events.at(-1)).toMatchObject({
      data: { quotas: [{ channel: 'b2b', location: 'wh1', quantity: 10, priority: 0, spent: 4 }] },
    });
    const expired = decideOn(run(twelve, { ...b2bCart('c', 4), ttlMillis: 1_000 }).state, b2bCart('d', 10), {
      now: later(60),
    });
    expect(expired).toMatchObject({
      events: [{ data: { quotas: [{ spent: 0 }] } }, { data: { quotas: [{ spent: 10 }] } }],
    });
  });

  it('stands already: its request alone is noted', () => {
    expect(outcomeOf(twelve, quotaOf('b2b', 10))).toEqual(['RequestNoted']);
    expect(outcomeOf(twelve, quotaOf('pos', 0))).toEqual(['RequestNoted']);
  });

  it.each([
    ['for more units than there may be', quotaOf('b2b', 2_000_000_000), 'quantity_out_of_range'],
    ['below none', quotaOf('b2b', -1), 'quantity_out_of_range'],
    ['with a priority that is none', quotaOf('b2b', 1, { priority: 0.5 }), 'priority_out_of_range'],
    ['for an unknown channel', quotaOf('nobody', 1), 'unknown_channel'],
    ['at an unknown location', quotaOf('b2b', 1, { location: 'nowhere' }), 'unknown_location'],
    ['where the channel does not sell', quotaOf('b2b', 1, { location: 'floor' }), 'location_not_of_channel'],
  ])('is refused %s', (_, command, code) => {
    expect(outcomeOf(twelve, command)).toEqual([code]);
  });

  it('is refused for a SKU that nobody has seen', () => {
    expect(outcomeOf(started, quotaOf('b2b', 1))).toEqual(['unknown_sku']);
  });
});

/** What is wrong with the quotas, or with who waits for units, after any of these decisions. */
const findings = (all: readonly Step[], fold: typeof evolve = evolve): readonly string[] => {
  let state: StockState = started.state;
  for (const { command, now: moment } of all) {
    const decision = decideOn(state, command, { now: moment, policy });
    if (decision.kind !== 'accepted') continue;
    state = decision.events.reduce(fold, state);
    const found = decision.events.length === 0 ? [] : [...findingsOnQuotas(state), ...findingsOnWaiting(state)];
    if (found.length > 0) return found;
  }
  return [];
};

describe('units that come in', () => {
  it('serve who is owed, who was promised and quotas before the pool', () => {
    fc.assert(
      fc.property(steps, (all) => findings(all).length === 0),
      { numRuns: 300 },
    );
  });

  it.each(['CommitmentMoved', 'BackorderFilled'] as const)(
    'control: a ledger without %s leaves people waiting',
    (type) => {
      const lazy = (state: StockState, event: StockEvent) => (event.type === type ? state : evolve(state, event));
      const lives = fc.check(
        fc.property(steps, (all) => findings(all, lazy).length === 0),
        { numRuns: 300 },
      );
      expect(lives.failed).toBe(true);
    },
  );

  it('control: a ledger that never fills them is found', () => {
    const lazy = (state: StockState, event: StockEvent) =>
      event.type === 'QuotaFilled' ? state : evolve(state, event);
    const opening: Step[] = [receipt(5), quotaOf('b2b', 3)].map((command) => ({ command, now }));
    expect(findings(opening, lazy)).not.toEqual([]);
    expect(findings(opening)).toEqual([]);
  });
});
