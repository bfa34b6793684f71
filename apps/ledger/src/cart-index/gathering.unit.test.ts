import { describe, expect, it } from 'vitest';
import { gathering } from './gathering.js';

/** Work whose batches end when the test says so. */
const heldWork = () => {
  const batches: { readonly items: readonly string[]; readonly end: (error?: Error) => void }[] = [];
  const work = (items: readonly string[]): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      batches.push({ items, end: (error) => (error ? reject(error) : resolve(items.map((item) => `done ${item}`))) });
    });
  return { batches, work };
};

/** Asks the first alone, and the others while it is under way. */
const askBehind = async (
  ask: (item: string) => Promise<string>,
  batches: readonly unknown[],
  [first = '', ...others]: readonly string[],
): Promise<readonly Promise<string>[]> => {
  const asked = ask(first);
  await until(() => batches.length === 1);
  return [asked, ...others.map(ask)];
};

const until = (condition: () => boolean): Promise<void> => expect.poll(condition).toBe(true);

describe('gathering', () => {
  it('makes one batch of what the same turn brings', async () => {
    const { batches, work } = heldWork();
    const ask = gathering({ nameOf: (item: string) => item, itemsMax: 2, work });
    const answers = Promise.all(['a', 'b', 'c'].map(ask));
    for (let index = 0; index < 2; index += 1) {
      await until(() => batches.length > index);
      batches[index]?.end();
    }
    expect(await answers).toEqual(['done a', 'done b', 'done c']);
    expect(batches.map(({ items }) => items)).toEqual([['a', 'b'], ['c']]);
  });

  it('makes one batch of what comes while another one is under way', async () => {
    const { batches, work } = heldWork();
    const ask = gathering({ nameOf: (item: string) => item, itemsMax: 2, work });
    const answers = Promise.all(await askBehind(ask, batches, ['a', 'b', 'c', 'd']));
    for (let index = 0; index < 3; index += 1) {
      await until(() => batches.length > index);
      batches[index]?.end();
    }
    expect(await answers).toEqual(['done a', 'done b', 'done c', 'done d']);
    expect(batches.map(({ items }) => items)).toEqual([['a'], ['b', 'c'], ['d']]);
  });

  it('keeps items of one name apart, in their order', async () => {
    const { batches, work } = heldWork();
    const ask = gathering({ nameOf: ([name = '']: string) => name, itemsMax: 10, work });
    const answers = Promise.all(await askBehind(ask, batches, ['z', 'a1', 'a2', 'b1', 'a3']));
    for (let index = 0; index < 4; index += 1) {
      await until(() => batches.length > index);
      batches[index]?.end();
    }
    expect((await answers).length).toBe(5);
    expect(batches.map(({ items }) => items)).toEqual([['z'], ['a1', 'b1'], ['a2'], ['a3']]);
  });

  it('fails a batch as a whole and goes on with the next', async () => {
    const { batches, work } = heldWork();
    const ask = gathering({ nameOf: (item: string) => item, itemsMax: 10, work });
    const answers = Promise.allSettled(await askBehind(ask, batches, ['a', 'b']));
    batches[0]?.end(new Error('away'));
    await until(() => batches.length === 2);
    batches[1]?.end();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
