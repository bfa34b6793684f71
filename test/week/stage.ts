import type { Clock, Instant } from '#event-sourcing';
import { millisOf } from '#event-sourcing';
import { manualClock } from '#testing';

/*
 * How time passes: there is one clock for the shops, the ledger, the worker and everything that happens, and it stands still
 * while any of them is at work. When all of them rest it goes on to the moment at which the first of them wakes. So a rest of
 * a minute costs nothing, and what two of them do at one moment is as undecided as it is in life.
 */

export type Stage = {
  readonly clock: Clock;
  readonly millis: () => number;
  /** Begins something that happens beside everything else. Its rejection ends the play. */
  readonly play: (what: string, script: () => Promise<void>) => void;
  /** For who is played: others are at work meanwhile. */
  readonly rest: (millis: number) => Promise<void>;
  /** Somebody who is not played: what is asked of others is counted, and time waits for the answers. */
  readonly waitFor: (underWay: () => readonly string[]) => void;
  /** Lets time pass. @throws what a script rejected, or when somebody does not come to rest */
  readonly passUntil: (millis: number) => Promise<void>;
  /** Whether all that began has ended. */
  readonly isOver: () => boolean;
  /** So much time passes at once, in which nobody does anything. */
  readonly skip: (millis: number) => Promise<void>;
  /** Called before each step of time with the milliseconds that will pass. */
  readonly onStep: (look: (millis: number) => void) => void;
};

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Everybody is at rest when nothing moves for so many turns of the event loop. */
const stillTurnsMin = 3;
/** Whoever works longer than this by the machine's own clock will never rest. */
const workMillisMax = 60_000;

export const createStage = (start: Instant): Stage => {
  const clock = manualClock(start);
  const millis = (): number => millisOf(clock.now());
  const others: (() => readonly string[])[] = [];
  const begun = new Map<string, number>();
  const looks: ((millis: number) => void)[] = [];
  let playing = 0;
  let failure: { readonly error: unknown } | undefined;
  const atWork = (): readonly string[] => others.flatMap((underWay) => underWay());
  const isStill = (): boolean => playing === 0 && others.every((underWay) => underWay().length === 0);
  const rest = async (by: number): Promise<void> => {
    playing -= 1;
    await clock.sleep(by);
    playing += 1;
  };
  const stillness = async (): Promise<void> => {
    const since = performance.now();
    for (let turns = 0; turns < stillTurnsMin && failure === undefined;) {
      await nextTurn();
      turns = isStill() ? turns + 1 : 0;
      if (performance.now() - since > workMillisMax)
        throw new Error(`At work for ever at ${clock.now()}: ${[...atWork(), ...begun.keys()].join(', ')}`);
    }
    if (failure !== undefined) throw failure.error;
  };
  return {
    clock,
    millis,
    play: (what, script) => {
      playing += 1;
      begun.set(what, (begun.get(what) ?? 0) + 1);
      void script()
        .catch((error: unknown) => void (failure ??= { error }))
        .finally(() => {
          playing -= 1;
          const left = (begun.get(what) ?? 0) - 1;
          if (left > 0) begun.set(what, left);
          else begun.delete(what);
        });
    },
    rest,
    waitFor: (underWay) => void others.push(underWay),
    passUntil: async (until) => {
      for (await stillness(); millis() < until; await stillness()) {
        const step = Math.min(clock.untilNext() ?? Infinity, until - millis());
        for (const look of looks) look(step);
        clock.advance(step);
      }
    },
    isOver: () => begun.size === 0,
    skip: async (by) => {
      await stillness();
      clock.advance(by);
      await stillness();
    },
    onStep: (look) => void looks.push(look),
  };
};
