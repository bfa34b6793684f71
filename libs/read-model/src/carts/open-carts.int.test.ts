import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Held } from '#stock';
import { createReadDatabase, type ReadDatabase } from '../../testing/database.js';
import { logBuilder, recordedAtOf } from '../../testing/log-builder.js';
import { projectAll } from '../../testing/project.js';
import { readOpenCarts } from './open-carts.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
  await projectAll(database.pool, reservations());
});
afterAll(() => database.drop());

const channel = 'web';
const heldUntil = (millis: number): Held => ({
  quantity: 1,
  parts: [{ location: 'wh1', from: 'sellable', quantity: 1 }],
  expiresAt: recordedAtOf(millis),
});

/** `first` holds A and B, `second` A alone, `brief` A for a moment, and `gone` was given back. */
const reservations = () => {
  const { add, events } = logBuilder();
  const occurredAt = recordedAtOf(0);
  const decidedOn = { atp: 9, policies: { web: 0 } };
  const parts = [{ location: 'wh1', from: 'sellable', to: 'reserved', quantity: 1 }] as const;
  const reserve = (sku: string, cart: string, millis: number): void => {
    const data = { reservation: `web:${cart}`, channel, requested: 1, held: heldUntil(millis), decidedOn, parts };
    add(`stock-${sku}`, { type: 'StockReserved', occurredAt, data });
  };
  reserve('B', 'first', 5_000);
  reserve('A', 'first', 5_000);
  reserve('A', 'second', 9_000);
  reserve('A', 'brief', 1_000);
  reserve('A', 'gone', 9_000);
  const back = [{ location: 'wh1', from: 'reserved', to: 'sellable', quantity: 1 }] as const;
  const data = { reservation: 'web:gone', channel, reason: 'released', parts: back } as const;
  add('stock-A', { type: 'ReservationReleased', occurredAt, data });
  return events;
};

it('reads what each open cart holds, the longest-lived last', async () => {
  expect(await readOpenCarts(database.pool, recordedAtOf(1_000), 10)).toEqual([
    ['web:first', ['A', 'B']],
    ['web:second', ['A']],
  ]);
});

it('control: a moment earlier the brief one is open too', async () => {
  const open = await readOpenCarts(database.pool, recordedAtOf(999), 10);
  expect(open[0]).toEqual(['web:brief', ['A']]);
});

it('leaves out those that end first where there are too many', async () => {
  expect(await readOpenCarts(database.pool, recordedAtOf(0), 1)).toEqual([['web:second', ['A']]]);
});
