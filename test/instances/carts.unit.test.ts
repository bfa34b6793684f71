import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryCartIndex, type CartIndex, type Carts } from '#apps/ledger';
import { createCarts } from '../../apps/ledger/src/composition/carts.js';
import { book, freshStore, receive, reserved, startProcess } from '../sagas/ledger-process.js';

/* A cart belongs to no process: whichever one its next request comes to, the cart holds what was said last. */

const skus = ['A', 'B', 'C'] as const;
const cartNames = ['c1', 'c2'] as const;
const processesCount = 2;

type Lines = Readonly<Partial<Record<(typeof skus)[number], number>>>;
type Step = {
  readonly process: number;
  readonly cart: (typeof cartNames)[number];
  readonly act:
    | { readonly kind: 'set'; readonly lines: Lines }
    | { readonly kind: 'release' }
    | { readonly kind: 'extend' }
    | { readonly kind: 'look' };
};

const lines: fc.Arbitrary<Lines> = fc.dictionary(fc.constantFrom(...skus), fc.integer({ min: 1, max: 3 }), {
  maxKeys: skus.length,
});
const step: fc.Arbitrary<Step> = fc.record({
  process: fc.nat(processesCount - 1),
  cart: fc.constantFrom(...cartNames),
  act: fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), lines }) },
    fc.constant({ kind: 'release' } as const),
    fc.constant({ kind: 'extend' } as const),
    fc.constant({ kind: 'look' } as const),
  ),
});

const heldLines = (all: readonly { readonly sku: string; readonly held: number }[]): Lines =>
  Object.fromEntries(all.filter(({ held }) => held > 0).map(({ sku, held }) => [sku, held]));

/** Plays the steps against as many processes as there are indexes, and answers where they and the model differ. */
const differences = async (steps: readonly Step[], indexes: readonly CartIndex[]): Promise<readonly string[]> => {
  const store = freshStore();
  const processes: readonly Carts[] = indexes.map((index) => createCarts(startProcess(store).carts, index, () => book));
  for (const sku of skus) await receive(startProcess(store), sku, 100);
  const model = new Map<string, Lines>();
  const found: string[] = [];
  for (const [nth, { process, cart, act }] of steps.entries()) {
    const carts = processes[process]!;
    const asker = { connection: 'shop', actor: 'k1', correlationId: 'c', idempotencyKey: `k${nth}` };
    const place = { channel: 'web', cart };
    const wanted = { ...model.get(cart), ...(act.kind === 'set' && act.lines) };
    if (act.kind === 'set') {
      const asked = Object.entries(act.lines).map(([sku, quantity]) => ({ sku, quantity }));
      await carts.set(asker, { ...place, lines: asked });
      model.set(cart, act.lines);
    } else if (act.kind === 'release') {
      await carts.release(asker, place);
      model.delete(cart);
    } else if (act.kind === 'extend') {
      const extended = heldLines((await carts.extend(asker, place)).lines);
      if (!isSame(extended, wanted)) found.push(`${nth}: extended ${JSON.stringify(extended)}`);
    }
    const shown = heldLines(await carts.holds(place));
    if (!isSame(shown, model.get(cart) ?? {})) found.push(`${nth}: shown ${JSON.stringify(shown)}`);
  }
  for (const sku of skus) {
    const held = [...model.values()].reduce((sum, each) => sum + (each[sku] ?? 0), 0);
    const units = Number(await reserved(store, sku));
    if (units !== held) found.push(`${sku}: ${units} held, not ${held}`);
  }
  return found;
};

const isSame = (one: Lines, other: Lines): boolean => skus.every((sku) => (one[sku] ?? 0) === (other[sku] ?? 0));

describe('a cart', () => {
  it('holds what was said last, whichever process was told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const index = createMemoryCartIndex();
        expect(await differences(steps, [index, index])).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('control: processes that each remember for themselves are found out', async () => {
    const steps: readonly Step[] = [
      { process: 0, cart: 'c1', act: { kind: 'set', lines: { A: 1, B: 1 } } },
      { process: 1, cart: 'c1', act: { kind: 'set', lines: { C: 1 } } },
    ];
    const own = [createMemoryCartIndex(), createMemoryCartIndex()];
    expect(await differences(steps, own)).toEqual(['A: 1 held, not 0', 'B: 1 held, not 0']);
  });
});
