import { describe, expect, it, vi } from 'vitest';
import { createMemoryPositions } from '#messaging/memory';
import type { Following } from './following.js';
import { createIntake, type Intake } from './intake.js';
import type { Member } from './member.js';
import { defaultTimings, type ConsumerTimings } from './options.js';
import { startRounds } from './rounds.js';

/*
 * The watchdog alone, without a broker: clients that say nothing of it are found to stand still, and those that work, rest
 * or wait are left alone.
 */

const timings: ConsumerTimings = { ...defaultTimings, stallMsMax: 40, rebalanceMs: 20, sessionMs: 20 };

/** A partition where so many messages wait, at its position. */
const intakeWith = async (messages: number): Promise<Intake> => {
  const bounds = { low: 0, high: messages };
  const intake = createIntake({
    ...{ topic: 't', partition: 0, isCompacted: false, after: Promise.resolve() },
    options: {
      ...{ group: 'g', topics: ['t'], positions: createMemoryPositions(), handle: () => new Promise(() => undefined) },
      ...{ onAlarm: () => undefined, onTrouble: () => undefined },
    },
    ...{ boundsNow: () => Promise.resolve(bounds), rest: () => undefined, recovered: () => undefined },
  });
  await intake.look(bounds, { seek: () => undefined, pause: () => undefined }, false);
  return intake;
};

/** Starts the rounds over these; what they said of the client, and how often they looked at it. */
const watched = (intake: Intake, livedAt: () => number) => {
  const seen = { failures: [] as string[], looks: 0 };
  const member = {
    livedAt: () => {
      seen.looks += 1;
      return livedAt();
    },
    ...{ seek: () => undefined, pause: () => undefined, resume: () => undefined, commit: () => Promise.resolve() },
  } as unknown as Member;
  const intakes = { all: () => [intake], of: () => intake, assign: () => undefined, giveUp: () => undefined };
  const following = {
    ...{ timings, intakes, member, connection: { brokers: [] } },
    options: { topics: [], onTrouble: () => undefined },
  } as unknown as Following;
  const rounds = startRounds(following, member, (error) => void seen.failures.push(error.message));
  return { seen, stop: rounds.stop };
};

const alive = (): number => performance.now();
const looks = 20;

describe('the watchdog', () => {
  it('tells of a client that brings nothing though messages wait', async () => {
    const { seen, stop } = watched(await intakeWith(3), alive);
    await vi.waitFor(() => expect(seen.failures).not.toEqual([]), { timeout: 20_000 });
    expect(seen.failures[0]).toBe('the client brings nothing of t/0 from 0 on, where messages wait');
    await stop();
  });

  it('tells of a client that shows no sign of life', async () => {
    const { seen, stop } = watched(await intakeWith(0), () => 0);
    await vi.waitFor(() => expect(seen.failures).not.toEqual([]), { timeout: 20_000 });
    expect(seen.failures[0]).toContain('the client has not fetched for');
    await stop();
  });

  it('control: leaves alone what has nothing to do', async () => {
    const { seen, stop } = watched(await intakeWith(0), alive);
    await vi.waitFor(() => expect(seen.looks).toBeGreaterThan(looks), { timeout: 20_000 });
    expect(seen.failures).toEqual([]);
    await stop();
  });

  it('control: leaves alone what is handling, however long that takes', async () => {
    const intake = await intakeWith(3);
    const reader = { seek: () => undefined, resolve: () => undefined, pause: () => undefined, isLeaving: () => false };
    const messages = [{ offset: 0, key: undefined, headers: new Map<string, string>(), value: undefined }];
    void intake.take({ topic: 't', partition: 0, from: 0, last: 0, high: 3, messages }, reader);
    await vi.waitFor(() => expect(intake.isBusy()).toBe(true), { timeout: 20_000 });
    let asked = 0;
    const { seen, stop } = watched({ ...intake, isBusy: () => (asked += 1) > 0 && intake.isBusy() }, () => 0);
    await vi.waitFor(() => expect(asked).toBeGreaterThan(looks), { timeout: 20_000 });
    expect(seen.failures).toEqual([]);
    void stop();
  });
});
