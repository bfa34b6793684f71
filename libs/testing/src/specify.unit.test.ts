import { describe, expect, it } from 'vitest';
import { accepted, refused, type Decider, type DomainEvent } from '#event-sourcing';
import { specify } from './specify.js';

type Counted = DomainEvent & { readonly data: { readonly by: number; readonly note?: string } };
const counted = (by: number): Counted => ({ type: 'Counted', data: { by }, occurredAt: '2026-03-01T12:00:00.000Z' });
const counter: Decider<number, number, Counted, { readonly code: 'too_much'; readonly at: number }, null, null> = {
  initialState: () => 0,
  evolve: (state, event) => state + event.data.by,
  decide: ({ command }, state) => {
    if (command === 0) return accepted();
    return state + command > 9 ? refused({ code: 'too_much', at: state }) : accepted(counted(command));
  },
};
const spec = specify(counter, { now: '2026-03-01T12:00:00.000Z', policy: null, known: null });

describe('specify', () => {
  it('passes for exactly what was decided', () => {
    spec.given(counted(2)).when(3).then(counted(3));
    spec.given(counted(2)).when(0).thenNothing();
    spec.given(counted(7)).when(3).thenRefused({ code: 'too_much', at: 7 });
  });

  it('control: is red for anything else', () => {
    const outcome = spec.given().when(3);
    expect(() => outcome.then()).toThrow();
    expect(() => outcome.then(counted(4))).toThrow();
    expect(() => outcome.then(counted(3), counted(3))).toThrow();
    expect(() => outcome.then({ ...counted(3), data: { by: 3, note: 'more' } })).toThrow();
    expect(() => outcome.thenNothing()).toThrow();
    expect(() => outcome.thenRefused({ code: 'too_much', at: 0 })).toThrow();
    expect(() => outcome.thenPrepared(counted(3))).toThrow();
    expect(() => spec.given(counted(9)).when(3).thenRefused({ code: 'too_much', at: 8 })).toThrow();
  });
});
