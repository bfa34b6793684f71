import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanesScene, type LanesScene } from '#testing';

/* What needs no append is compared with nothing by the store: processes that share a stream must not answer it from memory. */

const pair = (othersWrite: boolean): readonly [LanesScene, LanesScene] => {
  const one = lanesScene({ name: 'one', othersWrite });
  return [one, lanesScene({ name: 'other', othersWrite, store: one.store, clock: one.clock })];
};

const kindOf = async (answer: Promise<{ readonly kind: string }>): Promise<string> => (await answer).kind;

describe('lanes whose streams others write', () => {
  it('refuse by what stands in the store, not by what they remember', async () => {
    const [one, other] = pair(true);
    expect(await kindOf(one.send({ kind: 'take', quantity: 1 }))).toBe('refused');
    await other.send({ kind: 'put', quantity: 5 });
    expect(await one.send({ kind: 'take', quantity: 5 })).toMatchObject({ kind: 'accepted', state: { sum: 0 } });
    expect(await other.send({ kind: 'take', quantity: 1 })).toMatchObject({ refusal: { available: 0 }, revision: 1 });
  });

  it('control: remembering alone refuses what is there', async () => {
    const [one, other] = pair(false);
    await one.send({ kind: 'take', quantity: 1 });
    await other.send({ kind: 'put', quantity: 5 });
    expect(await kindOf(one.send({ kind: 'take', quantity: 5 }))).toBe('refused');
  });

  it('answer what changes nothing with the state of now', async () => {
    const [one, other] = pair(true);
    await one.send({ kind: 'put', quantity: 1 });
    await other.send({ kind: 'put', quantity: 5 });
    expect(await one.send({ kind: 'nothing' })).toMatchObject({ kind: 'accepted', revision: 1, state: { sum: 6 } });
  });

  it('recognise an id that another process has taken back, and decide it anew', async () => {
    const [one, other] = pair(true);
    const again = { commandId: 'k1' };
    await one.send({ kind: 'put', quantity: 5 }, again);
    await other.send({ kind: 'undo', commandId: 'k1', quantity: -5 });
    expect(await one.send({ kind: 'put', quantity: 5 }, again)).toMatchObject({ repeated: false, state: { sum: 5 } });
  });

  it('answer while new ones keep coming', async () => {
    const [one] = pair(true);
    await one.send({ kind: 'put', quantity: 1 });
    const first = { isAnswered: false };
    const answer = one.send({ kind: 'take', quantity: 9 }).then(() => (first.isAnswered = true));
    const others: Promise<string>[] = [];
    for (let turn = 0; turn < 1_000 && !first.isAnswered; turn += 1) {
      others.push(kindOf(one.send({ kind: 'take', quantity: 9 })));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(first.isAnswered).toBe(true);
    await answer;
    expect(new Set(await Promise.all(others))).toEqual(new Set(['refused']));
  });

  it('answer, one after another, as if there were one process', async () => {
    const command = fc.record({
      process: fc.nat(1),
      kind: fc.constantFrom('put' as const, 'take' as const),
      quantity: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
        const processes = pair(true);
        let sum = 0;
        for (const { process, kind, quantity } of commands) {
          const isThere = kind === 'put' || sum >= quantity;
          if (isThere) sum += kind === 'put' ? quantity : -quantity;
          expect(await kindOf(processes[process]!.send({ kind, quantity }))).toBe(isThere ? 'accepted' : 'refused');
        }
      }),
      { numRuns: 50 },
    );
  });
});
