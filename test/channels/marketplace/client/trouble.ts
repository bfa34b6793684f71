import type { Answer, Trouble } from '#channel-kit';
import type { MarketplaceAnswer } from './answer.js';
import { textOf } from './fields.js';

type Met = { readonly trouble: Trouble; readonly mayStand: boolean };

const codesOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...code, ...codesOf(error.cause)];
};

/** No whole answer came. @param isGivenUp by the caller or its deadline */
export const troubleOfConnection = (error: unknown, isGivenUp: boolean): Met => {
  const codes = codesOf(error);
  if (!isGivenUp && codes.includes('ECONNREFUSED'))
    return {
      trouble: { kind: 'unreachable', code: 'unreachable', detail: 'Nobody answers at the address: check it.' },
      mayStand: false,
    };
  const isCut = codes.some((code) => ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_SOCKET'].includes(code));
  if (!isGivenUp && isCut && String(error).includes('other side closed'))
    return {
      trouble: { kind: 'unintelligible', code: 'truncated', detail: 'The answer ended in the middle.' },
      mayStand: true,
    };
  const detail = isGivenUp ? 'There was no answer in time.' : `The connection broke (${codes.join(', ')}).`;
  return {
    trouble: { kind: 'unreachable', code: isGivenUp ? 'timeout' : 'interrupted', detail },
    mayStand: true,
  };
};

const secondMillis = 1_000;

/** What a problem says of itself; all of it where it is none. */
const detailOf = (text: string): string => {
  try {
    return textOf(JSON.parse(text), 'detail') ?? text;
  } catch {
    return text.slice(0, detailCharactersMax);
  }
};

const detailCharactersMax = 500;

/** An answer that is no success. */
export const troubleOfStatus = (status: number, text: string, retryAfter: string): Met => {
  if (status === 401 || status === 403) {
    const detail = 'The token is not taken: give another one.';
    return { trouble: { kind: 'misconfigured', code: 'key_refused', detail }, mayStand: false };
  }
  if (status === 429) {
    const retryAfterMillis = Number(retryAfter) * secondMillis;
    const trouble = { kind: 'busy', code: 'throttled', detail: 'Too many requests: it asks to come later.' } as const;
    return { trouble: retryAfterMillis > 0 ? { ...trouble, retryAfterMillis } : trouble, mayStand: false };
  }
  if (status === 409)
    return { trouble: { kind: 'refused', code: 'conflict', detail: detailOf(text) }, mayStand: false };
  if (status === 503) {
    const detail = 'It is away for a while.';
    return { trouble: { kind: 'busy', code: 'unavailable', detail }, mayStand: true };
  }
  if (status >= 500) {
    const detail = `It failed with ${status}.`;
    return { trouble: { kind: 'unintelligible', code: 'server_error', detail }, mayStand: true };
  }
  return { trouble: { kind: 'refused', code: 'refused', detail: text.slice(0, detailCharactersMax) }, mayStand: false };
};

export const answered = <Value>(value: Value): Answer<Value> => ({ kind: 'answered', value });

export const troubled = (trouble: Trouble): Answer<never> => ({ kind: 'trouble', trouble });

/** An answer in another shape than was agreed on. */
export const unintelligible = (what: string): Answer<never> =>
  troubled({ kind: 'unintelligible', code: 'malformed', detail: `${what} has not the shape that was agreed on.` });

/** Of a write: what may stand is an unknown outcome, whatever was said. */
export const troubleOfWrite = ({ trouble, mayStand }: Extract<MarketplaceAnswer, { kind: 'trouble' }>): Trouble =>
  mayStand ? { ...trouble, kind: 'unknown_outcome' } : trouble;
