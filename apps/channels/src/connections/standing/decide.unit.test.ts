import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseStep, rungs, type Rung } from '#channel-kit';
import { decideConnection } from './decide.js';
import type { ConnectionCommand, Standing } from './standing.js';

const settings = { url: 'https://shop.example/' };
const added = { kind: 'add', channel: 'web', connection: 'shop', connector: 'prestashop', settings } as const;
const off: Standing = {
  ...{ channel: 'web', connection: 'shop', kind: 'prestashop', settings, ladder: { rung: 'off' } },
  ...{ pausedFor: undefined, pausedFrom: undefined, revision: 0 },
};

/** What stands after these, each over the revision that it finds. */
const after = (standing: Standing, ...commands: readonly ((at: Standing) => ConnectionCommand)[]): Standing =>
  commands.reduce((at, command) => {
    const decision = decideConnection(at, command(at));
    if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.refusal));
    return decision.standing;
  }, standing);

const to =
  (rung: Rung, percent?: number) =>
  ({ revision }: Standing): ConnectionCommand => ({
    kind: 'step',
    rung,
    canary: percent === undefined ? undefined : { percent },
    revision,
  });
const pause = (cause?: string) => (): ConnectionCommand => ({ kind: 'pause', cause });
const resume = (): ConnectionCommand => ({ kind: 'resume' });

const at: Readonly<Record<Exclude<Rung, 'paused'>, Standing>> = {
  off,
  observe: after(off, to('observe')),
  shadow: after(off, to('observe'), to('shadow')),
  canary: after(off, to('observe'), to('shadow'), to('canary', 5)),
  live: after(off, to('observe'), to('shadow'), to('canary', 5), to('live')),
};
const pausable = [at.observe, at.shadow, at.canary, at.live];

describe('a connection', () => {
  it('is added at the foot of the ladder; the same again is there already, another is refused', () => {
    expect(decideConnection(undefined, added)).toMatchObject({ kind: 'changed', standing: off });
    expect(decideConnection(off, added)).toEqual({ kind: 'unchanged', standing: off });
    for (const other of [{ connection: 'x' }, { connector: 'x' }, { settings: {} }])
      expect(decideConnection(off, { ...added, ...other })).toMatchObject({ refusal: { code: 'already_connected' } });
  });

  it('changes over the revision that was read', () => {
    const change = { kind: 'change', settings: { url: 'https://other.example/' }, secrets: [], revision: 0 } as const;
    const changed = { standing: { settings: change.settings, revision: 1 }, content: { settings: change.settings } };
    expect(decideConnection(off, change)).toMatchObject(changed);
    expect(decideConnection(off, { ...change, revision: 3 })).toEqual({
      kind: 'refused',
      refusal: { code: 'connection_changed', expected: 3, revision: 0 },
    });
    expect(decideConnection(off, { ...change, settings })).toMatchObject({ kind: 'unchanged' });
    expect(decideConnection(off, { ...change, settings: undefined, secrets: ['key'] })).toMatchObject({
      content: { settings, secrets: ['key'] },
    });
  });

  it('that is not there can only be added', () => {
    for (const command of [to('observe')(off), pause()(), resume()])
      expect(decideConnection(undefined, command)).toMatchObject({ refusal: { code: 'unknown_connection' } });
  });
});

describe('the ladder', () => {
  it('is climbed as channel-kit allows', () => {
    for (const standing of Object.values(at))
      for (const rung of rungs) {
        const decision = decideConnection(standing, to(rung, rung === 'canary' ? 9 : undefined)(standing));
        const refusal = refuseStep(standing.ladder.rung, {
          rung,
          ...(rung === 'canary' && { canary: { percent: 9 } }),
        });
        const stays = rung === standing.ladder.rung && rung !== 'canary';
        expect([standing.ladder.rung, rung, decision.kind]).toEqual([
          standing.ladder.rung,
          rung,
          stays ? 'unchanged' : refusal === undefined ? 'changed' : 'refused',
        ]);
      }
  });

  it('a canary names its listings, and another one is a change', () => {
    expect(decideConnection(at.shadow, to('canary')(at.shadow))).toMatchObject({ refusal: { code: 'canary_missing' } });
    expect(after(at.canary, to('canary', 9)).ladder).toEqual({ rung: 'canary', canary: { percent: 9 } });
    expect(after(at.canary, to('live')).ladder).toEqual({ rung: 'live' });
  });
});

describe('a pause', () => {
  it('ends where it began, with the same canary', () => {
    for (const standing of pausable) {
      const paused = after(standing, pause('clone'));
      expect(paused).toMatchObject({
        ladder: { rung: 'paused' },
        pausedFor: 'clone',
        pausedFrom: standing.ladder.rung,
      });
      expect(after(paused, resume)).toEqual({ ...standing, revision: standing.revision + 2 });
    }
  });

  it('is no way up: a step out of it is a step from the rung below', () => {
    for (const standing of pausable)
      for (const rung of rungs.filter((one) => one !== 'paused')) {
        const wish = to(rung, rung === 'canary' ? 5 : undefined);
        const [direct, around] = [standing, after(standing, pause())].map((from) => decideConnection(from, wish(from)));
        expect([rung, around?.kind === 'refused']).toEqual([rung, direct?.kind === 'refused']);
        if (around?.kind === 'changed') expect(around.standing.pausedFrom).toBeUndefined();
      }
  });

  it('of what is off or paused changes nothing; a second cause is kept for who lets it go on', () => {
    expect(decideConnection(off, pause('clone')())).toEqual({ kind: 'unchanged', standing: off });
    const asked = after(at.live, pause());
    expect(decideConnection(asked, pause()())).toMatchObject({ kind: 'unchanged' });
    const both = after(asked, pause('clone'));
    expect(both).toMatchObject({ pausedFor: 'clone', pausedFrom: 'live' });
    expect(decideConnection(both, pause('shop_restored')())).toMatchObject({ kind: 'unchanged' });
  });

  it('can be asked for as a step, and what is not paused cannot go on', () => {
    expect(after(at.live, to('paused'))).toMatchObject({ ladder: { rung: 'paused' }, pausedFrom: 'live' });
    expect(after(at.live, to('paused'), to('paused')).revision).toBe(at.live.revision + 1);
    expect(decideConnection(off, to('paused')(off))).toMatchObject({ refusal: { code: 'not_a_step' } });
    expect(decideConnection(at.live, resume())).toMatchObject({ refusal: { code: 'not_paused' } });
  });
});

it('whatever is asked of it, a revision is one change, and paused is what can go on', () => {
  const command: fc.Arbitrary<(at: Standing) => ConnectionCommand> = fc.oneof(
    fc.constantFrom(...rungs).map((rung) => to(rung)),
    fc.nat(100).map((percent) => to('canary', percent)),
    fc.constantFrom(undefined, 'clone').map((cause) => pause(cause)),
    fc.constant(resume),
  );
  fc.assert(
    fc.property(fc.array(command), (commands) => {
      let standing = off;
      for (const wish of commands) {
        const decision = decideConnection(standing, wish(standing));
        if (decision.kind === 'refused') continue;
        expect(decision.standing.revision).toBe(standing.revision + (decision.kind === 'changed' ? 1 : 0));
        expect(decision.standing.ladder.rung === 'paused').toBe(decision.standing.pausedFrom !== undefined);
        expect(decision.standing.pausedFor === undefined || decision.standing.ladder.rung === 'paused').toBe(true);
        standing = decision.standing;
      }
    }),
  );
});
