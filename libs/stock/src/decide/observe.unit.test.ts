import { describe, expect, it } from 'vitest';
import { at, later, withLocation } from '../../testing/company.js';
import { hashed, issueOf, receipt, reporting } from '../../testing/facts.js';
import { acknowledged, lineOfOrder, order } from '../../testing/requests.js';
import {
  decideOn,
  outcomeOf,
  play,
  restored,
  run,
  runAll,
  started,
  type Circumstances,
  type Run,
} from '../../testing/run.js';
import { onHand, sellableAt, srcq } from '../../testing/standing.js';
import type { ObserveStock } from '../commands.js';

const figure = (observed: number, asOf: string, rest: Partial<ObserveStock> = {}): ObserveStock =>
  hashed<ObserveStock>({
    ...reporting('wms'),
    ...{ kind: 'observation', sourceVersion: 1, location: 'wh1', asOf, occurredAt: asOf, basis: 'usable', observed },
    ...rest,
  });
const said = ({ events }: Run): unknown => {
  const last = events.at(-1);
  return last?.type === 'StockObserved' ? [last.data.conclusion, last.data.reason, last.data.difference] : last?.type;
};
const lagging = (postingLagMillis: number): Circumstances => {
  const observer = { connection: 'wms', postingLagMillis, missingMax: 500, zerosMax: 500, changesMax: 500 };
  return { policy: withLocation('wh1', { observers: [observer] }) };
};

const opened = runAll(receipt(10, { occurredAt: at('07:00') }));
const doubted = run(opened, figure(8, at('09:00')));

describe('a machine’s figure', () => {
  it('that agrees appends nothing', () => {
    expect(outcomeOf(opened, figure(10, at('09:00')))).toEqual([]);
  });
  it('that differs is inconclusive at first, and posted as its difference when a later one says the same', () => {
    expect([said(doubted), sellableAt(doubted)]).toEqual([['inconclusive', 'not_confirmed', -2], 10]);
    const confirmed = run(doubted, figure(8, at('10:00')));
    expect([said(confirmed), sellableAt(confirmed)]).toEqual([['posted', 'confirmed', -2], 8]);
    expect(outcomeOf(confirmed, figure(8, at('11:00')))).toEqual([]);
  });
  it('of the very same moment, or an earlier one, confirms nothing', () => {
    expect(outcomeOf(doubted, figure(8, at('09:00')))).toEqual([]);
    expect(outcomeOf(doubted, figure(8, at('08:00')))).toEqual([]);
  });
  it('with another difference, or another basis, is the first of its kind', () => {
    const other = run(doubted, figure(7, at('10:00')));
    expect(said(other)).toEqual(['inconclusive', 'not_confirmed', -3]);
    expect(said(run(other, figure(8, at('11:00'))))).toEqual(['inconclusive', 'not_confirmed', -2]);
    expect(said(run(doubted, figure(8, at('10:00'), { basis: 'on_hand' })))).toEqual([
      'inconclusive',
      'not_confirmed',
      -2,
    ]);
  });
  it('that agrees in between takes the first one back', () => {
    const agreed = run(doubted, figure(10, at('10:00')));
    expect(said(agreed)).toEqual(['agreed', 'withdrawn', 0]);
    expect(said(run(agreed, figure(8, at('11:00'))))).toEqual(['inconclusive', 'not_confirmed', -2]);
  });
  it('is explained by what is reported meanwhile: nothing is posted', () => {
    const explained = run(doubted, issueOf(2, { occurredAt: at('08:55') }));
    expect([said(run(explained, figure(8, at('10:00')))), sellableAt(explained)]).toEqual([
      ['agreed', 'withdrawn', 0],
      8,
    ]);
  });
  it('released by a person is posted at once', () => {
    const released = run(opened, figure(8, at('09:00'), { released: true }));
    expect([said(released), sellableAt(released)]).toEqual([['posted', 'released', -2], 8]);
  });
  it('delivered again changes nothing', () => {
    const once = figure(8, at('09:00'), { sourceKey: 'run-1' });
    expect(outcomeOf(run(opened, once), once)).toEqual([]);
  });
  it('that was posted is revised by what had happened before it', () => {
    const posted = run(doubted, figure(8, at('10:00')));
    const revised = run(posted, issueOf(2, { occurredAt: at('09:30') }));
    expect([revised.events.at(-1)?.type, sellableAt(revised)]).toEqual(['CountRevised', 8]);
  });
  it('that was not posted is revised by nothing', () => {
    expect(outcomeOf(doubted, issueOf(2, { occurredAt: at('08:30') }))).toEqual(['StockIssued']);
  });
  it('needs its author, its location, a moment that can be told and a basis that can', () => {
    expect(outcomeOf(opened, figure(8, at('09:00'), { connection: 'till' }))).toEqual(['not_author']);
    expect(outcomeOf(opened, figure(8, at('09:00'), { location: 'wh9' }))).toEqual(['unknown_location']);
    expect(outcomeOf(started, figure(8, later(-72 * 3_600 - 1)))).toEqual(['count_too_old']);
    expect(outcomeOf(started, figure(8, later(301)))).toEqual(['occurred_in_future']);
    expect(outcomeOf(started, figure(8, at('09:00'), { basis: 'sellable' }))).toEqual(['basis_not_supported']);
  });
  it('is remembered in a snapshot', () => {
    expect(said(run(restored(doubted), figure(8, at('10:00'))))).toEqual(['posted', 'confirmed', -2]);
  });
});

describe('within its source’s posting lag of a movement', () => {
  const lag = lagging(30 * 60_000);
  const moved = run(opened, issueOf(2, { occurredAt: at('08:45') }));
  it('a figure is inconclusive, and neither begins a suspicion nor confirms one', () => {
    const early = run(moved, figure(7, at('09:00')), lag);
    expect(said(early)).toEqual(['inconclusive', 'posting_lag', -1]);
    expect(said(run(early, figure(7, at('09:30')), lag))).toEqual(['inconclusive', 'not_confirmed', -1]);
    const confirming = run(run(opened, figure(9, at('08:30')), lag), issueOf(2, { occurredAt: at('09:10') }));
    expect(said(run(confirming, figure(7, at('09:15')), lag))).toEqual(['inconclusive', 'posting_lag', -1]);
  });
  it('a figure confirms when it is later by all of the lag', () => {
    const first = run(moved, figure(7, at('09:20')), lag);
    expect(outcomeOf(first, figure(7, at('09:45')), lag)).toEqual([]);
    expect(said(run(first, figure(7, at('09:50')), lag))).toEqual(['posted', 'confirmed', -1]);
  });
  it('control: without lag both would have counted', () => {
    expect(said(run(moved, figure(7, at('09:00'))))).toEqual(['inconclusive', 'not_confirmed', -1]);
  });
});

describe('scenario 3, one SKU: an ERP’s figure of 09:00, read at 10:00', () => {
  const when = { policy: withLocation('wh1', { authors: { count: 'erp' } }), now: at('10:00') };
  const placed = (orderKey: string, quantity: number, moment: string) =>
    order(orderKey, quantity, { placedAt: moment, occurredAt: moment });
  const known = (orderKey: string, quantity: number, moment: string) =>
    acknowledged(orderKey, quantity, moment, { connection: 'erp' });
  const commands = [
    receipt(100, { occurredAt: at('07:00') }),
    placed('O1', 5, at('08:00')),
    known('O1', 5, at('08:30')),
    placed('O2', 3, at('08:50')),
    known('O2', 3, at('09:05')),
    issueOf(5, { order: lineOfOrder('O1'), occurredAt: at('09:20') }),
    placed('O3', 4, at('09:30')),
    receipt(20, { occurredAt: at('09:40') }),
  ];
  const morning = play(started, commands, when);
  const erp = (observed: number, asOf = at('09:00')) => figure(observed, asOf, { connection: 'erp', basis: 'free' });

  it('says 95 where 95 is expected: nothing is posted', () => {
    const read = run(morning, erp(95), when);
    expect(read.events).toEqual(morning.events);
    expect([srcq(read, 'wh1'), onHand(read)]).toEqual([[108, 0, 7, 0], 115]);
  });
  it('says 93: inconclusive, then posted once with the second figure that shows it', () => {
    const first = run(morning, erp(93), when);
    expect([said(first), onHand(first)]).toEqual([['inconclusive', 'not_confirmed', -2], 115]);
    const second = run(first, erp(110, at('10:00')), when);
    expect(said(second)).toEqual(['posted', 'confirmed', -2]);
    expect([srcq(second, 'wh1'), onHand(second)]).toEqual([[106, 0, 7, 0], 113]);
    expect(decideOn(second.state, erp(110, at('10:00')), when)).toEqual({ kind: 'accepted', events: [] });
  });
});
