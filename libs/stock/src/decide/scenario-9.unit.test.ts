import { describe, expect, it } from 'vitest';
import type { ChannelPolicy } from '#atp';
import { day, later, now, policy } from '../../testing/company.js';
import { incomingOf, receipt } from '../../testing/facts.js';
import { order, quotaOf, reserveOf } from '../../testing/requests.js';
import { decideOn, play, run, started, type Run } from '../../testing/run.js';
import { answerOf, lineOf, quotaStanding, sellableAt } from '../../testing/standing.js';
import type { StockPolicy } from '../policy.js';

const channelOf = (channel: string, rest: Partial<ChannelPolicy> = {}): ChannelPolicy => ({
  ...{ channel, connection: 'operator', locations: ['wh1'], reservationTtlMillis: 900_000, splitCarts: false },
  revision: 0,
  ...rest,
});
const web = channelOf('web', { backorder: { horizonDays: 7 } });
const company: StockPolicy = {
  ...policy,
  channels: new Map([channelOf('b2b'), channelOf('vip'), web].map((one) => [one.channel, one])),
};
const rest = { policy: company };
const speaking = { connection: 'operator' };
const quota = (channel: string, priority: number) => quotaOf(channel, 10, { ...speaking, priority });
const day5 = later(5 * day);
const day6 = '2026-03-07T00:00:00.000Z';
const po1 = incomingOf('po1', 20, { eta: day5, confidence: 9_000 });

const answer = (of: Run, channel: string, moment = now) => answerOf(of, channel, { policy: company, now: moment });
const nowOf = (of: Run, channel: string): number =>
  answer(of, channel).tranches.find(({ availableAt }) => availableAt === undefined)?.quantity ?? 0;

describe('scenario 9: quotas, a late purchase order, and the receipt', () => {
  const start = play(started, [receipt(12), quota('b2b', 0), quota('vip', 1), po1, order('o1', 4, speaking)], rest);

  it('first come the quotas in their order; what is left for the web is dated', () => {
    expect(quotaStanding(start, 'b2b')).toEqual({ fenced: 10, lacking: 0, spent: 0 });
    expect(quotaStanding(start, 'vip')).toEqual({ fenced: 2, lacking: 8, spent: 0 });
    expect(nowOf(start, 'web')).toBe(0);
    expect(answer(start, 'web').tranches).toEqual([{ quantity: 14, availableAt: day5, incomingLine: 'po1' }]);
    expect(nowOf(start, 'b2b') + nowOf(start, 'vip') + nowOf(start, 'web')).toBe(12);
    expect(lineOf(start)?.backordered).toEqual([{ incomingLine: 'po1', quantity: 4, date: day5 }]);
  });

  it('when day 6 begins and nothing has come, nothing of it can be promised, without any event', () => {
    expect(answer(start, 'web').validUntil).toBe(day6);
    expect(answer(start, 'web', '2026-03-06T23:59:59.999Z').atp).toBe(14);
    expect(answer(start, 'web', day6)).toMatchObject({ atp: 0, tranches: [], state: 'out_of_stock' });
  });

  it('while nobody knows when it comes, a cart is told so', () => {
    const { eta: _eta, ...undated } = incomingOf('po1', 20, { sourceVersion: 2, confidence: 9_000 });
    const unknown = run(start, undated, rest);
    expect(decideOn(unknown.state, reserveOf('c', 1, speaking), rest)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'eta_unknown', requested: 1, available: 0 },
    });
  });

  it('a receipt serves the 3 that are owed, then the 4 that were promised, then the 8 that VIP lacks', () => {
    const { eta: _eta, ...undated } = incomingOf('po1', 20, { sourceVersion: 2, confidence: 9_000 });
    const owing = run(run(start, undated, rest), order('o2', 3, speaking), rest);
    expect(sellableAt(owing, 'unsourced:web')).toBe(-3);
    const received = run(owing, receipt(15), rest);
    expect(
      received.events.slice(owing.events.length).map(({ type, data: { parts } }) => [type, parts[0]?.quantity]),
    ).toEqual([
      ['StockReceived', 15],
      ['CommitmentMoved', 3],
      ['BackorderFilled', 4],
      ['QuotaFilled', 8],
    ]);
    expect(received.state.balances.get('wh1')).toMatchObject({
      sellable: 0,
      committed: 7,
      fenced: { b2b: 10, vip: 10 },
    });
    expect(received.state.balances.get('unsourced:web')).toMatchObject({ sellable: 0, committed: 0 });
  });
});
