import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispatchOn, isTimeOfDay, isTimeZone, nextCutOff } from './dispatch.js';
import type { DispatchPolicy } from './types.js';

const berlin = (cutOff: string, handlingDays = 0): DispatchPolicy => ({
  cutOff,
  timeZone: 'Europe/Berlin',
  handlingDays,
});
const noon = berlin('12:00');

describe('the day on which units leave', () => {
  it.each([
    ['before the cut-off is that day', noon, '2026-03-02T10:59:59.999Z', '2026-03-02'],
    ['from the cut-off on is the next', noon, '2026-03-02T11:00:00.000Z', '2026-03-03'],
    ['is later by the handling days', berlin('12:00', 3), '2026-03-02T11:00:00.000Z', '2026-03-06'],
    ['is a day where the location is', noon, '2026-03-02T23:30:00.000Z', '2026-03-03'],
    ['knows no weekend', noon, '2026-03-06T12:00:00.000Z', '2026-03-07'],
    ['over the end of a year', berlin('12:00', 1), '2026-12-31T12:00:00.000Z', '2027-01-02'],
    ['with a cut-off at midnight is always the next', berlin('00:00'), '2026-03-02T12:00:00.000Z', '2026-03-03'],
    ['in summer by summer time', noon, '2026-07-01T10:00:00.000Z', '2026-07-02'],
    [
      'a day ahead on the other side',
      { ...noon, timeZone: 'Pacific/Auckland' },
      '2026-03-01T23:00:00.000Z',
      '2026-03-03',
    ],
  ])('%s', (_, dispatch, instant, day) => {
    expect(dispatchOn(dispatch, instant)).toBe(day);
  });
});

describe('the next cut-off', () => {
  it.each([
    ['is today', noon, '2026-03-02T10:00:00.000Z', '2026-03-02T11:00:00.000Z'],
    ['is tomorrow at the cut-off itself', noon, '2026-03-02T11:00:00.000Z', '2026-03-03T11:00:00.000Z'],
    [
      'is an hour of UTC earlier once clocks went forward',
      noon,
      '2026-03-28T12:00:00.000Z',
      '2026-03-29T10:00:00.000Z',
    ],
    ['is an hour of UTC later once they went back', noon, '2026-10-24T12:00:00.000Z', '2026-10-25T11:00:00.000Z'],
    [
      'comes with the clocks that jump over it',
      berlin('02:30'),
      '2026-03-28T12:00:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ],
    ['comes at its first time of two', berlin('02:30'), '2026-10-24T12:00:00.000Z', '2026-10-25T00:30:00.000Z'],
    [
      'is undone by clocks that go back over it',
      berlin('02:30'),
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ],
    ['is there at its second time', berlin('02:30'), '2026-10-25T01:00:00.000Z', '2026-10-25T01:30:00.000Z'],
    [
      'comes with a day that a place leaves out',
      { ...noon, timeZone: 'Pacific/Apia' },
      '2011-12-30T09:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
    ],
    [
      'is right where clocks change by half an hour',
      { ...noon, timeZone: 'Australia/Lord_Howe' },
      '2026-10-03T14:00:00.000Z',
      '2026-10-04T01:00:00.000Z',
    ],
  ])('%s', (_, dispatch, now, next) => {
    expect(nextCutOff(dispatch, now)).toBe(next);
  });

  const zones = ['Europe/Berlin', 'America/New_York', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
  const policies: fc.Arbitrary<DispatchPolicy> = fc.record({
    cutOff: fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minutes) => {
      const padded = (part: number): string => String(part).padStart(2, '0');
      return `${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}`;
    }),
    timeZone: fc.constantFrom(...zones),
    handlingDays: fc.nat(60),
  });
  /* Around the changes of the clocks as often as at any time. */
  const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
  const instants = fc.oneof(
    fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * 3_600_000, max: 36 * 3_600_000 }))
      .map(([day, millis]) => new Date(Date.parse(day) + millis)),
  );
  const at = (instant: string, millis: number): string => new Date(Date.parse(instant) + millis).toISOString();

  /** The wall clock of a zone as Intl writes it: another way to the same day. */
  const byTheWall = ({ cutOff, timeZone, handlingDays }: DispatchPolicy, instant: string): string => {
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    const [day = '', time = ''] = wall.format(new Date(instant)).split(' ');
    const days = handlingDays + (time.slice(0, 5) >= cutOff ? 1 : 0);
    return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
  };
  /** What is wrong around a moment, with a function that says when the answer changes. */
  const isRight = (next: typeof nextCutOff, dispatch: DispatchPolicy, now: string, share: number): boolean => {
    const until = next(dispatch, now);
    const before = dispatchOn(dispatch, now);
    const between = at(now, Math.floor((Date.parse(until) - Date.parse(now) - 1) * share));
    return (
      until > now &&
      before === byTheWall(dispatch, now) &&
      dispatchOn(dispatch, between) === before &&
      dispatchOn(dispatch, at(until, -1)) === before &&
      dispatchOn(dispatch, until) !== before
    );
  };
  const check = (next: typeof nextCutOff) =>
    fc.check(
      fc.property(policies, instants, fc.double({ min: 0, max: 1, noNaN: true }), (dispatch, date, share) =>
        isRight(next, dispatch, date.toISOString(), share),
      ),
      { numRuns: 3_000 },
    );

  it('is the first instant at which the day is another one, whatever the clocks do', () => {
    const outcome = check(nextCutOff);
    expect(outcome.failed, fc.defaultReportMessage(outcome)).toBe(false);
  });

  it('control: one to whom every day has 24 hours is found', () => {
    const day = 86_400_000;
    expect(check((dispatch, now) => at(nextCutOff(dispatch, at(now, -day)), day)).failed).toBe(true);
  });

  it('is remembered for as many policies and days as are asked for, and forgotten without harm', () => {
    for (let day = 0; day < 9_000; day += 1) dispatchOn(noon, at('2020-01-01T11:00:00.000Z', day * 86_400_000));
    expect(dispatchOn(noon, '2026-03-02T11:00:00.000Z')).toBe('2026-03-03');
    for (const timeZone of Intl.supportedValuesOf('timeZone')) expect(isTimeZone(timeZone), timeZone).toBe(true);
    expect(nextCutOff(noon, '2026-03-02T10:00:00.000Z')).toBe('2026-03-02T11:00:00.000Z');
  });
});

describe('what is no dispatch policy', () => {
  it.each(['24:00', '9:00', '09:60', '09:00:00', '', '0900', '٠٩:٠٠'])('time %j', (text) => {
    expect(isTimeOfDay(text)).toBe(false);
    expect([isTimeOfDay('00:00'), isTimeOfDay('23:59')]).toEqual([true, true]);
  });
  it.each(['Europe/Atlantis', '+01:00', '', 'Berlin', 'Europe/Berlin ', 'x'.repeat(65)])('zone %j', (text) => {
    expect(isTimeZone(text)).toBe(false);
    expect([isTimeZone('Europe/Berlin'), isTimeZone('UTC'), isTimeZone('Etc/GMT+5')]).toEqual([true, true, true]);
  });
});
