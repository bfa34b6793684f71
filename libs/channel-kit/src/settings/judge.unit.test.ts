import { expect, it } from 'vitest';
import { wholeUnfit } from './judge.js';

const judged = (given: Readonly<Record<string, unknown>>) => wholeUnfit(given, 'keep', 'minutes', 60);

it.each([[{}], [{ keep: undefined }], [{ keep: 0 }], [{ keep: 60 }]])(
  'a whole number within its bounds is fit: %j',
  (given) => {
    expect(judged(given)).toBeUndefined();
  },
);

it.each([-1, 61, 0.5, NaN, Infinity, '5', null, true, []])(
  'what is none is not, and is told what would be: %s',
  (keep) => {
    const detail = 'Give whole minutes, at most 60, or leave it out.';
    expect(judged({ keep })).toEqual({ kind: 'unfit', field: 'keep', detail });
  },
);
