import { expect, it } from 'vitest';
import { cancelBy } from './cancel-by.js';
import type { Answer, Trouble } from './trouble.js';

const { signal } = new AbortController();
const done = { kind: 'answered', value: undefined } as const;
const busy: Answer<never> = { kind: 'trouble', trouble: { kind: 'busy', code: 'throttled', detail: '' } };
const missing = { kind: 'trouble', trouble: { kind: 'refused', code: 'order_missing' } satisfies Partial<Trouble> };

/** @param found the status of the order: none, it is gone */
const cancelled = async (id: string, found: Answer<string | undefined>, entered: Answer<string | undefined> = done) => {
  const asked: string[] = [];
  const cancel = cancelBy<string>({
    isId: (given) => given === '12',
    look: (given) => Promise.resolve(asked.push(`look ${given}`)).then(() => found),
    isCancelled: (status) => status === 'cancelled',
    enter: (status, given) => Promise.resolve(asked.push(`cancel ${status} ${given}`)).then(() => entered),
  });
  return { answer: await cancel(id, signal), asked };
};

const shown = (status: string | undefined) => ({ kind: 'answered', value: status }) as const;

it.each([
  ['is asked for', '12', shown('paid'), done, ['look 12', 'cancel paid 12']],
  ['is not asked for twice', '12', shown('cancelled'), done, ['look 12']],
  ['of an order that is gone is refused', '12', shown(undefined), missing, ['look 12']],
  ['of what is no order is refused, and nobody is asked', 'x', shown('paid'), missing, []],
  ['of an order that cannot be read is trouble', '12', busy, busy, ['look 12']],
])('a cancellation %s', async (_, id, found, answer, asked) => {
  expect(await cancelled(id, found)).toMatchObject({ answer, asked });
});

it.each([
  ['is cancelled', 'cancelled', done],
  ['is not', 'paid', { kind: 'trouble', trouble: { kind: 'unknown_outcome', code: 'not_confirmed' } }],
])('a cancellation after which the shop shows an order that %s', async (_, status, answer) => {
  expect((await cancelled('12', shown('paid'), shown(status))).answer).toMatchObject(answer);
});

it('a cancellation that failed is trouble', async () => {
  expect((await cancelled('12', shown('paid'), busy)).answer).toEqual(busy);
});
