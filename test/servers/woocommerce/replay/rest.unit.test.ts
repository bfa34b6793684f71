import { beforeAll, describe, expect, it } from 'vitest';
import { givenFor } from './rest-given.js';
import { chapters, left, restChapters } from './rest-chapters.js';
import { restRecords } from './recordings.js';
import { replay } from './rest-replay.js';
import { openRestWorld } from './rest-world.js';
import { shuffled } from './shuffle.js';

describe.each(restChapters())('REST as recorded: $name', ({ records, prepare }) => {
  const world = openRestWorld();
  beforeAll(async () => prepare(world));
  it.each(records)('$index $record.name', async ({ record }) => {
    await givenFor(record, world);
    await replay(record, world);
  });
});

describe('the same as a shop with other ids', () => {
  it.each([1, 2])('chapters in another order, %i', async (seed) => {
    for (const { records, prepare } of shuffled(restChapters(), seed)) {
      const world = openRestWorld(70_000 * seed);
      await prepare(world);
      for (const { record } of records) {
        await givenFor(record, world);
        await replay(record, world);
      }
    }
  });
});

it('plays every record or says why not', () => {
  const all = restRecords().map((_, index) => index);
  const played = new Set(chapters.flatMap(({ from, to }) => all.slice(from, to + 1)));
  const leftOut = new Set(left.flatMap(({ from, to = from }) => all.slice(from, to + 1)));
  for (const { why, from, to = from } of left)
    for (const { name } of restRecords().slice(from, to + 1)) process.stdout.write(`left out: ${name}: ${why}\n`);
  expect(all.filter((index) => !played.has(index) && !leftOut.has(index))).toEqual([]);
  expect(restChapters().flatMap(({ records }) => records)).toHaveLength(250);
});
