import { expect, it } from 'vitest';
import { surveyWebhooks, type Webhook } from './survey-webhooks.js';
import type { Answer, TroubleKind } from './trouble.js';

const { signal } = new AbortController();
const hintsPath = '/v1/channels/web/hints';
const own: Webhook = { id: 7, topic: 'order.updated', address: `https://ledger.example${hintsPath}` };
const others: readonly Webhook[] = [
  { ...own, id: 8, address: 'https://mail.example/hook' },
  { ...own, id: 9, address: 'hints' },
];

const trouble = (kind: TroubleKind): Answer<never> => ({ kind: 'trouble', trouble: { kind, code: 'c', detail: 'd' } });
const shown = <Value>(value: Value): Answer<Value> => ({ kind: 'answered', value });

const surveyed = async (
  disabled: Answer<readonly Webhook[]>,
  { mayMend = true, enabled = shown<unknown>({}) } = {},
) => {
  const mended: number[] = [];
  const part = surveyWebhooks({
    disabled: () => Promise.resolve(disabled),
    enable: (id) => Promise.resolve(enabled).finally(() => mended.push(id)),
  });
  return { answer: await part({ hintsPath, mayMend }, signal), mended };
};

const saying = (text: string) => [{ code: 'webhook_disabled', detail: expect.stringContaining(text) as string }];

it('webhooks of this channel alone are switched on again, and what they missed is read', async () => {
  const { answer, mended } = await surveyed(shown([own, ...others]));
  expect(answer).toMatchObject({ value: { notices: saying('7 (order.updated)'), missedMessages: true } });
  expect(mended).toEqual([7]);
});

it('nothing is changed in a shop that may not be', async () => {
  const { answer, mended } = await surveyed(shown([own]), { mayMend: false });
  expect(answer).toMatchObject({ value: { notices: saying('switch them on there'), missedMessages: false } });
  expect(mended).toEqual([]);
});

it('all is well where none of them is off', async () => {
  const { answer, mended } = await surveyed(shown(others));
  expect(answer).toEqual(shown({ notices: [{ code: 'webhook_disabled', detail: undefined }], missedMessages: false }));
  expect(mended).toEqual([]);
});

it('a shop that does not answer now is asked again, one whose key may not see them is not', async () => {
  expect((await surveyed(trouble('busy'))).answer).toEqual(trouble('busy'));
  expect((await surveyed(trouble('misconfigured'))).answer).toEqual(shown({ notices: [], missedMessages: false }));
});

it('one that cannot be switched on is trouble', async () => {
  const { answer } = await surveyed(shown([own]), { enabled: trouble('refused') });
  expect(answer).toEqual(trouble('refused'));
});
