import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failed, type HttpFailure, ok } from '../failure.js';
import { type Place, placeIn, placeText, readBehind } from './behind.js';

const rowsMax = 20;

/** Pages of a list that others delete from between two of them. */
const walked = async (ids: readonly number[], deletions: readonly (readonly number[])[]) => {
  let list = ids.map((id) => ({ id }));
  const seen: number[] = [];
  let place: Place = placeIn(undefined);
  for (let turn = 0; turn <= ids.length; turn += 1) {
    const found = await readBehind<{ id: number }, HttpFailure>(place, rowsMax, (offset) =>
      Promise.resolve(ok(list.slice(offset, offset + rowsMax))),
    );
    if (found.kind === 'failed') throw new Error(found.failure.sentence);
    const { rows, placeAfter, isLast } = found.value;
    seen.push(...rows.map(({ id }) => id));
    if (isLast) return { seen, left: list.map(({ id }) => id) };
    place = placeIn(placeText(placeAfter(rows.length)));
    const gone = new Set(deletions[turn]);
    list = list.filter(({ id }) => !gone.has(id));
  }
  throw new Error('it does not end');
};

const id = fc.integer({ min: 1, max: 150 });

it('each row is told once, and none that is there to the end is missed, whatever is deleted meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(id, { maxLength: 120 }), fc.array(fc.array(id)), async (ids, deletions) => {
      const { seen, left } = await walked(
        ids.sort((a, b) => a - b),
        deletions,
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(left));
    }),
  );
});

it('fewer rows than were found are gone on behind', async () => {
  const list = [3, 5, 8].map((id) => ({ id }));
  const found = await readBehind<{ id: number }, HttpFailure>({ offset: 1, lastId: 3 }, rowsMax, () =>
    Promise.resolve(ok(list)),
  );
  if (found.kind === 'failed') throw new Error(found.failure.sentence);
  const { rows, placeAfter } = found.value;
  expect(rows).toEqual([{ id: 5 }, { id: 8 }]);
  expect([0, 1, 2].map((rows) => placeText(placeAfter(rows)))).toEqual(['1@3', '2@5', '3@8']);
});

it('a page that fails is a failure', async () => {
  const failure: HttpFailure = { kind: 'throttled', sentence: 'Later.', applied: 'no' };
  expect(await readBehind(placeIn('12@40'), rowsMax, () => Promise.resolve(failed(failure)))).toEqual(failed(failure));
});

it.each([undefined, '', '7', '7@', 'x@1', '1@2@3'])('what is no place is the beginning: %s', (text) => {
  expect(placeIn(text)).toEqual({ offset: 0, lastId: 0 });
});
