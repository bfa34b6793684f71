import type { RecordedRows } from '../recordings.js';

/**
 * How a case is played: as recorded, or with other ids, other quantities and another opening stock. All that the shop does
 * is linear in them, so what must come out follows from the recording.
 */
export type Scale = {
  readonly product: (id: number) => number;
  readonly combination: (id: number) => number;
  /** Each unit of the recording is so many. */
  readonly units: number;
  /** Each row begins with so many more. */
  readonly opening: number;
};

export const asRecorded: Scale = { product: (id) => id, combination: (id) => id, units: 1, opening: 0 };

export const changed: Scale = {
  product: (id) => id * 3 + 400,
  combination: (id) => id + 70,
  units: 4,
  opening: 53,
};

/** "6-0", "1-1@s2g0": a product, a combination, and whose row it is. */
export type RowKey = {
  readonly product: number;
  readonly combination: number;
  readonly shop: number;
  readonly group: number;
};

export const parseKey = (key: string): RowKey => {
  const [, product, combination, shop = 1, group = 0] = /^(\d+)-(\d+)(?:@s(\d+)g(\d+))?$/.exec(key) ?? [];
  return { product: Number(product), combination: Number(combination), shop: Number(shop), group: Number(group) };
};

export type Triple = readonly [quantity: number, physical: number, reserved: number];

export const tripleOf = (value: readonly number[] | number): Triple => {
  if (typeof value === 'number') return [value, value, 0];
  const [quantity = 0, physical = 0, reserved = 0] = value;
  return [quantity, physical, reserved];
};

/** What a recorded row is in the scale, given what the row had at the beginning of the recording. */
export const scaled = (scale: Scale, opening: number, [quantity, physical, reserved]: Triple): Triple => {
  const move = (value: number): number => opening + scale.opening + scale.units * (value - opening);
  return [move(quantity), move(physical), scale.units * reserved];
};

export const keysOf = (rows: RecordedRows): readonly string[] => Object.keys(rows);
