import { describe, expect, it } from 'vitest';
import { effectCases, recordedVersions, type EffectCase } from './recordings.js';
import { lastOrder, order } from './effects/orders.js';
import { asRecorded } from './effects/scale.js';
import { createWorld, type World } from './effects/world.js';

/** A value's type, and those of what is in it: what is left of an answer without what it was about. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
};

const isList = ({ name }: EffectCase): boolean => name.startsWith('ws-get-');

type Listed = { readonly http: number; readonly body: string };

/** A shop with something in every list: two orders, refunds of both, a row below zero. */
const fill = async (world: World): Promise<void> => {
  for (const units of [100, 3]) {
    await order(world, '6-0', units, 2);
    const detail = world.shop.tables.details.where(lastOrder(world))[0]?.id ?? 0;
    await world.shop.partialRefund({ detail, units: 1 });
  }
  await order(world, '6-0', 3, 6);
};

describe.each(recordedVersions)('lists of %s in JSON', (version) => {
  it.each(effectCases(version).filter(isList))('$name: fields in order, with their types', async ({ name, notes }) => {
    const world = createWorld({ version, scale: asRecorded, openings: { '6-0': 50 } });
    await fill(world);
    // Ids of this shop are smaller than those of the recorded one.
    const asked = name.replace('ws-get-', '').replace(/filter\[id\]=>\[\d+\]/, 'filter[id]=>[1]');
    const { status, body } = await world.ask('GET', `${asked}&output_format=JSON`);
    const recorded = notes as Listed;
    expect(status).toBe(recorded.http);
    expect(JSON.stringify(shapeOf(JSON.parse(body)))).toBe(JSON.stringify(shapeOf(JSON.parse(recorded.body))));
  });
});
