import { describe, expect, it } from 'vitest';
import type { Answer, Survey, SurveyAsked } from '#channel-kit';
import type { Alert, SyncEntry } from '../contracts/index.js';
import type { ChannelWork } from './deps.js';
import { createSurveys } from './surveys.js';

const minute = 60_000;
const well: Answer<Survey> = { kind: 'answered', value: { notices: [], missedMessages: false } };

const surveying = (answers: readonly Answer<Survey>[] = [], mayMend = true) => {
  const left = [...answers];
  const asked: SurveyAsked[] = [];
  const raised: Alert[] = [];
  const settled: string[] = [];
  const entries: SyncEntry[] = [];
  let at = 1_000_000_000;
  const port = {
    capabilities: { comparesAndSets: true },
    survey: (one: SurveyAsked) => {
      asked.push(one);
      return Promise.resolve(left.shift() ?? well);
    },
  };
  const work = {
    ...{ port, now: () => at, signal: AbortSignal.timeout(minute), channel: { channel: 'web' } },
    log: { write: (more: readonly SyncEntry[]) => Promise.resolve(void entries.push(...more)) },
    alerts: {
      raise: (alert: Alert) => Promise.resolve(void raised.push(alert)),
      settle: (_: string, code: string) => Promise.resolve(void settled.push(code)),
      subjects: () => Promise.resolve([]),
    },
  } as unknown as ChannelWork;
  const surveys = createSurveys(work, mayMend);
  const later = (millis: number): number => (at += millis);
  return { ...{ surveys, port, asked, raised, settled, entries, later }, now: () => at };
};

describe('how a shop is set up', () => {
  it('is looked at when its worker begins, and an hour later', async () => {
    const { surveys, asked, later, entries } = surveying();
    await surveys.step();
    later(59 * minute);
    await surveys.step();
    expect(asked).toEqual([{ hintsPath: '/v1/channels/web/hints', mayMend: true }]);
    later(minute);
    await surveys.step();
    expect([asked.length, entries.map(({ outcome }) => outcome)]).toEqual([2, ['done', 'done']]);
  });

  it('is looked at again soon where the shop did not answer', async () => {
    const away = { kind: 'trouble', trouble: { kind: 'busy', code: 'unavailable', detail: '' } } as const;
    const { surveys, asked, entries } = surveying([away]);
    await surveys.step();
    await surveys.step();
    expect([asked.length, entries.map(({ code }) => code)]).toEqual([2, ['unavailable', 'surveyed']]);
  });

  it('is told to people as long as something is wrong', async () => {
    const wrong = (detail: string | undefined): Answer<Survey> => ({
      ...{ kind: 'answered', value: { notices: [{ code: 'hook_off', detail }], missedMessages: detail !== undefined } },
    });
    const { surveys, raised, settled, later } = surveying([wrong('It is off.'), wrong(undefined)]);
    expect(await surveys.step()).toBe(true);
    later(10 * minute);
    expect(await surveys.step()).toBe(false);
    expect(raised).toMatchObject([{ channel: 'web', code: 'hook_off', level: 'ticket', detail: 'It is off.' }]);
    expect(settled).toEqual(['hook_off']);
  });

  it('is looked at again, and once, where a write has found that it compares no more', async () => {
    const { surveys, port, asked, later } = surveying();
    await surveys.step();
    later(minute);
    port.capabilities.comparesAndSets = false;
    await surveys.step();
    await surveys.step();
    expect(asked).toHaveLength(2);
  });

  it('is left alone for an hour where it is as it was and nothing is wrong', async () => {
    const { surveys, asked, later } = surveying();
    await surveys.step();
    for (let minutes = 1; minutes < 60; minutes += 1) {
      later(minute);
      await surveys.step();
    }
    expect(asked).toHaveLength(1);
  });
});

describe('messages of a shop', () => {
  it('that have ceased while its orders change are looked for after ten minutes', async () => {
    const { surveys, asked, later, now } = surveying();
    await surveys.step();
    const hintedAt = now();
    later(11 * minute);
    surveys.note(1, hintedAt);
    await surveys.step();
    expect(asked).toHaveLength(1);
    later(10 * minute);
    await surveys.step();
    expect(asked).toHaveLength(2);
  });

  it.each<readonly [string, (now: number) => number | undefined, number]>([
    ['that come are not', (now) => now, 1],
    ['of a shop that never sent one are not', () => undefined, 1],
    ['of a shop without news are not', (now) => now - 30 * minute, 0],
  ])('%s', async (_, hintedAt, orders) => {
    const { surveys, asked, later, now } = surveying();
    await surveys.step();
    for (let turn = 0; turn < 11; turn += 1) {
      later(5 * minute);
      surveys.note(orders, hintedAt(now()));
      await surveys.step();
    }
    expect(asked).toHaveLength(1);
  });
});
