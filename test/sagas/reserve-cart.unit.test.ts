import { beforeEach, describe, expect, test } from 'vitest';
import { plus } from '#event-sourcing';
import type { MemoryStore } from '#event-store/memory';
import {
  callerWith,
  clock,
  freshStore,
  lengthOf,
  receive,
  reserved,
  sellable,
  startProcess,
  type Process,
} from './ledger-process.js';
import {
  extendCart,
  releaseCart,
  reserveCart,
  type CartLine,
  type ReserveCart,
} from '../../apps/ledger/src/reservations/index.js';

const cartOf = (lines: readonly CartLine[], more: Partial<ReserveCart> = {}): ReserveCart => ({
  connection: 'shop',
  channel: 'web',
  cart: 'c900',
  lines,
  ...more,
});
const name = { connection: 'shop', channel: 'web', cart: 'c900' };

/** What a process that has died answers. */
const never = new Promise<never>(() => undefined);

let store: MemoryStore;
let ledger: Process;

beforeEach(async () => {
  store = freshStore();
  ledger = startProcess(store);
  await receive(ledger, 'A', 5);
  await receive(ledger, 'B', 1);
});

const reserve = (id: string, lines: readonly CartLine[], more?: Partial<ReserveCart>) =>
  reserveCart(ledger.carts, cartOf(lines, more), callerWith(id));
const heldOf = async () => [await reserved(store, 'A'), await reserved(store, 'B')];

describe('a cart over several SKUs', () => {
  test('holds all of it; lines of one SKU are one, in the order of SKUs', async () => {
    const start = clock.now();
    const answer = await reserve('k1', [
      { sku: 'B', quantity: 1 },
      { sku: 'A', quantity: 1 },
      { sku: 'A', quantity: 2 },
    ]);
    expect(answer).toMatchObject({
      kind: 'held',
      lines: [
        { sku: 'A', held: 3, requested: 3 },
        { sku: 'B', held: 1, requested: 1 },
      ],
    });
    expect(answer.lines[0]?.expiresAt).toBe(plus(start, 900_000));
    expect(await heldOf()).toEqual([3, 1]);
  });

  test('or nothing: the refusal has its numbers, and what was done before it is undone', async () => {
    const answer = await reserve('k1', [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 2 },
    ]);
    expect(answer).toEqual({
      kind: 'not_held',
      sku: 'B',
      failure: { kind: 'refused', refusal: { code: 'insufficient', requested: 2, available: 1, held: 0 }, revision: 0 },
      lines: [
        { sku: 'A', held: 0 },
        { sku: 'B', held: 0 },
      ],
    });
    expect(await heldOf()).toEqual([0, 0]);
    expect(await sellable(store, 'A')).toBe(5);
  });

  test('a refused increase leaves the cart the hold it had, to its old deadline', async () => {
    const first = await reserve('k1', [{ sku: 'A', quantity: 1 }], { ttlMillis: 600_000 });
    const answer = await reserve('k2', [
      { sku: 'A', quantity: 3 },
      { sku: 'B', quantity: 9 },
    ]);
    expect(answer.kind).toBe('not_held');
    expect(answer.lines[0]).toEqual({ sku: 'A', held: 1, expiresAt: first.lines[0]?.expiresAt });
  });

  test('a refused decrease takes nothing back that was never given: what shrinks goes last', async () => {
    await reserve('k1', [{ sku: 'A', quantity: 4 }]);
    const before = await lengthOf(store, 'stock-A');
    await reserve('k2', [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 9 },
    ]);
    expect(await lengthOf(store, 'stock-A')).toBe(before);
    expect(await heldOf()).toEqual([4, 0]);
  });

  test('in part only where that was asked for; each line says what became of it', async () => {
    const answer = await reserve(
      'k1',
      [
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 2 },
        { sku: 'Z', quantity: 1 },
      ],
      { partial: true },
    );
    expect(answer).toMatchObject({
      kind: 'held',
      lines: [
        { sku: 'A', held: 2, requested: 2 },
        { sku: 'B', held: 1, requested: 2 },
        { sku: 'Z', held: 0, requested: 1, failure: { kind: 'refused', refusal: { code: 'unknown_sku' } } },
      ],
    });
  });
});

describe('a refused cart retried under its own id', () => {
  const lines = [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 2 },
  ];

  test('is decided anew: refused again it leaves nothing, and accepted once there is stock', async () => {
    expect((await reserve('k1', lines)).kind).toBe('not_held');
    expect((await reserve('k1', lines)).kind).toBe('not_held');
    expect((await reserve('k1', lines)).kind).toBe('not_held');
    expect(await heldOf()).toEqual([0, 0]);
    await receive(ledger, 'B', 5, 'd2');
    expect(await reserve('k1', lines)).toMatchObject({ kind: 'held', lines: [{ held: 2 }, { held: 2 }] });
    expect(await heldOf()).toEqual([2, 2]);
  });

  test('accepted, it answers the same again and appends nothing', async () => {
    await receive(ledger, 'B', 5, 'd2');
    await reserve('k1', lines);
    const before = [await lengthOf(store, 'stock-A'), await lengthOf(store, 'stock-B')];
    expect(await reserve('k1', lines)).toMatchObject({ kind: 'held', lines: [{ held: 2 }, { held: 2 }] });
    expect([await lengthOf(store, 'stock-A'), await lengthOf(store, 'stock-B')]).toEqual(before);
  });

  test('with other content it is turned away, and the cart it was accepted for keeps its holds', async () => {
    await receive(ledger, 'B', 5, 'd2');
    await reserve('k1', lines);
    const answer = await reserve('k1', [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 3 },
    ]);
    expect(answer).toMatchObject({ kind: 'not_held', sku: 'B', failure: { kind: 'command_id_reused' } });
    expect(await heldOf()).toEqual([2, 2]);
  });

  test('after a crash in the middle: what the first try had done is found and taken back', async () => {
    const dies: Process['stock'] = {
      ...ledger.stock,
      execute: (envelope) => (envelope.stream === 'stock-B' ? never : ledger.stock.execute(envelope)),
    };
    void reserveCart({ ...ledger.carts, stock: dies }, cartOf(lines), callerWith('k1'));
    await expect.poll(() => reserved(store, 'A')).toBe(2);
    const next = startProcess(store);
    expect((await reserveCart(next.carts, cartOf(lines), callerWith('k1'))).kind).toBe('not_held');
    expect(await heldOf()).toEqual([0, 0]);
  });

  test('control: without the undo, the refused cart would keep its first SKU', async () => {
    const forgets: Process['stock'] = {
      ...ledger.stock,
      execute: (envelope) =>
        envelope.command.kind === 'undo'
          ? Promise.resolve({ kind: 'command_id_reused' })
          : ledger.stock.execute(envelope),
    };
    await reserveCart({ ...ledger.carts, stock: forgets }, cartOf(lines), callerWith('k1'));
    expect(await heldOf()).toEqual([2, 0]);
  });
});

describe('a cart that is held', () => {
  test('is released, as often as one likes', async () => {
    await reserve('k1', [{ sku: 'A', quantity: 2 }]);
    for (const id of ['r1', 'r2']) {
      const answer = await releaseCart(ledger.carts, { ...name, skus: ['A', 'B', 'A'] }, callerWith(id));
      expect(answer.lines).toEqual([
        { sku: 'A', held: 0 },
        { sku: 'B', held: 0 },
      ]);
    }
    expect(await sellable(store, 'A')).toBe(5);
  });

  test('is extended; where it holds nothing it says so', async () => {
    await reserve('k1', [{ sku: 'A', quantity: 2 }]);
    const later = await extendCart(ledger.carts, { ...name, skus: ['A', 'B'], ttlMillis: 3_600_000 }, callerWith('e1'));
    expect(later.lines[0]).toMatchObject({ sku: 'A', held: 2 });
    expect(later.lines[1]).toMatchObject({ sku: 'B', held: 0, failure: { kind: 'refused' } });
  });
});
