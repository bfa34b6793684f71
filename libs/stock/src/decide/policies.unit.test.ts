import { describe, expect, it } from 'vitest';
import { channelsFor, type BufferPolicy, type LocationState } from '#atp';
import { withChannel, withLocation } from '../../testing/company.js';
import { issueOf, receipt } from '../../testing/facts.js';
import { lineOfOrder, lineTarget, order, orderOf, reserveOf, sweep } from '../../testing/requests.js';
import { decideOn, outcomeOf, run, runAll } from '../../testing/run.js';
import { srcq } from '../../testing/standing.js';
import type { StockPolicy } from '../policy.js';

/** The company with one location in another state. */
const shut = (location: string, state: LocationState = 'closed', revision = 5): StockPolicy =>
  withLocation(location, { state, revision });
const buffered = (buffer: BufferPolicy): StockPolicy => withChannel('web', { buffer, revision: 9 });

const stocked = runAll(receipt(4), receipt(3, { location: 'wh2' }));
const wants = (quantity: number) => order('o1', quantity, { version: 0 });

describe.each(['no_new_orders', 'counting', 'closed'] as const)('a location that is %s', (state) => {
  const rest = { policy: shut('wh1', state) };

  it('holds nothing new for a cart', () => {
    expect(outcomeOf(stocked, reserveOf('c', 4), rest)).toEqual(['insufficient']);
    const held = run(stocked, reserveOf('c', 3), rest);
    expect(srcq(held, 'wh1')).toEqual([4, 0, 0, 0]);
    expect(srcq(held, 'wh2')).toEqual([0, 3, 0, 0]);
    expect(held.events.at(-1)).toMatchObject({
      data: { decidedOn: { atp: 3, policies: { 'policy-channel-web': 3, 'policy-location-wh1': 5 } } },
    });
  });

  it('covers nothing new of an order, not even where the order would like it to', () => {
    const ordered = run(stocked, wants(5), rest);
    expect(srcq(ordered, 'wh1')).toEqual([4, 0, 0, 0]);
    expect(srcq(ordered, 'wh2')).toEqual([0, 0, 3, 0]);
    expect(srcq(ordered, 'unsourced:web')).toEqual([-2, 0, 2, 0]);
    const hinted = orderOf('o1', [lineTarget('1', 0, 2, { location: 'wh1' })]);
    expect(srcq(run(stocked, hinted, rest), 'wh2')).toEqual([1, 0, 2, 0]);
  });

  it('serves nobody who is owed, until it opens', () => {
    const owed = run(stocked, wants(9));
    const received = run(owed, receipt(5), rest);
    expect(srcq(received, 'wh1')).toEqual([5, 0, 4, 0]);
    expect(outcomeOf(received, sweep, rest)).toEqual([]);
    expect(outcomeOf(received, sweep)).toEqual(['CommitmentMoved']);
  });

  it('takes over no commitment of another place', () => {
    const ordered = run(stocked, wants(2), { policy: shut('wh2', state) });
    const moved = {
      ...({ kind: 'move_commitment', connection: 'wms', from: 'wh1', to: 'wh2', quantity: 2 } as const),
      ...{ order: lineOfOrder('o1'), reason: 'resourced' as const },
    };
    expect(outcomeOf(ordered, moved, { policy: shut('wh2', state) })).toEqual(['location_not_open']);
    expect(run(ordered, moved).events.at(-1)).toMatchObject({
      type: 'CommitmentMoved',
      data: { decidedOn: { atp: 5, policies: { 'policy-channel-web': 3 } } },
    });
  });

  it('keeps what it has promised: a hold is consumed, an issue is a fact', () => {
    const held = run(stocked, reserveOf('c', 4));
    const ordered = run(held, orderOf('o1', [lineTarget('1', 0, 4)], { reservation: 'web:c' }), rest);
    expect(srcq(ordered, 'wh1')).toEqual([0, 0, 4, 0]);
    const issued = run(ordered, issueOf(4, { order: lineOfOrder('o1') }), rest);
    expect(srcq(issued, 'wh1')).toEqual([0, 0, 0, 0]);
  });
});

describe('a buffer', () => {
  it('that is hard is refused to carts, with the numbers, and not to orders', () => {
    const rest = { policy: buffered({ effect: 'hard', units: 5 }) };
    expect(decideOn(stocked.state, reserveOf('c', 3), rest)).toMatchObject({
      refusal: { code: 'insufficient', requested: 3, available: 2 },
    });
    expect(srcq(run(stocked, reserveOf('c', 2), rest), 'wh1')).toEqual([2, 2, 0, 0]);
    expect(srcq(run(stocked, wants(7), rest), 'wh2')).toEqual([0, 0, 3, 0]);
  });

  it('that is soft keeps nothing from anybody', () => {
    const rest = { policy: buffered({ effect: 'soft', units: 5 }) };
    expect(outcomeOf(stocked, reserveOf('c', 7), rest)).toEqual(['StockReserved']);
  });
});

describe('what a decision names', () => {
  it('are the policies past their first revision, and always its channel', () => {
    const named = (of: StockPolicy) => run(stocked, reserveOf('c', 1), { policy: of }).events.at(-1)?.data;
    expect(named(shut('wh2', 'open', 0))).toMatchObject({ decidedOn: { policies: { 'policy-channel-web': 3 } } });
    expect(named(shut('wh2', 'open', 7))).toMatchObject({
      decidedOn: { policies: { 'policy-channel-web': 3, 'policy-location-wh2': 7 } },
    });
  });

  it('is what the SKU has of its own too, which it keeps to', () => {
    const sku = { sku: 'A', channels: { web: { buffer: { effect: 'hard', units: 6 } } }, revision: 0 } as const;
    const own = { policy: { ...buffered({ effect: 'hard', units: 1 }), sku } };
    const its = { policy: { ...own.policy, channels: channelsFor(own.policy.channels, sku) } };
    expect(run(stocked, reserveOf('c', 1), its).events.at(-1)?.data).toMatchObject({
      decidedOn: { atp: 1, policies: { 'policy-channel-web': 9, 'policy-sku-A': 0 } },
    });
    expect(outcomeOf(stocked, reserveOf('c', 2), its)).toEqual(['insufficient']);
  });

  it('are the channels too that owe into its pool', () => {
    const b2bOwes = run(stocked, order('o2', 8, { version: 0, channel: 'b2b' }));
    const received = run(b2bOwes, receipt(1, { bucket: 'damaged' }));
    expect(run(received, wants(1)).events.at(-1)).toMatchObject({
      data: { decidedOn: { atp: 0, policies: { 'policy-channel-web': 3, 'policy-channel-b2b': 3 } } },
    });
  });
});
