import { expect, it } from 'vitest';
import { orderBy } from './order-by.js';
import type { Answer } from './trouble.js';

const { signal } = new AbortController();
const shown = <Value>(value: Value) => ({ kind: 'answered', value }) as const;
const busy: Answer<never> = { kind: 'trouble', trouble: { kind: 'busy', code: 'throttled', detail: '' } };

const read = (id: string, raw: Answer<number | undefined>, whole: Answer<string | undefined> = shown('whole')) =>
  orderBy<number, string>({
    isId: (given) => given === '12',
    look: () => Promise.resolve(raw),
    whole: () => Promise.resolve(whole),
  })(id, signal);

it.each([
  ['is read whole', '12', shown(7), shown('whole'), shown('whole')],
  ['of no id is none', 'x', shown(7), shown('whole'), shown(undefined)],
  ['that is gone is none', '12', shown(undefined), shown('whole'), shown(undefined)],
  ['of another channel is none', '12', shown(7), shown(undefined), shown(undefined)],
  ['that is not shown is trouble', '12', busy, shown('whole'), busy],
  ['of which a part is not shown is trouble', '12', shown(7), busy, busy],
])('an order %s', async (_, id, raw, whole, answer) => {
  expect(await read(id, raw, whole)).toEqual(answer);
});
