import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideWrite, type Situation, type WriteDecision } from './decide-write.js';

const usual: Situation = {
  ...{ target: 10, read: 10, missing: 0, unconfirmed: 0 },
  ...{ isFeedStale: false, isInDoubt: false, areRisesHeld: false },
};
const write = (value: number): WriteDecision => ({ kind: 'write', value });

describe('what is written into a row', () => {
  it.each<[string, Partial<Situation>, WriteDecision]>([
    ['what it shows already', {}, { kind: 'right' }],
    ['a fall', { target: 4 }, write(4)],
    ['a rise', { target: 14 }, write(14)],
    ["the shop's own sale, which the ledger knows of", { target: 8, read: 8 }, { kind: 'right' }],
    ["the shop's own restock, which the ledger does not take over", { target: 8, read: 10 }, write(8)],
    ['what is above the set, at once', { target: 8, read: 9 }, write(8)],
    [
      'no rise over units that nobody explains',
      { target: 10, read: 7, missing: 3 },
      { kind: 'wait', for: 'explanation' },
    ],
    ['a fall that leaves them out', { target: 6, read: 7, missing: 3 }, write(3)],
    ['less what the ledger has not confirmed', { target: 10, read: 10, unconfirmed: 3 }, write(7)],
    ['nothing below nothing', { target: 0, read: -2 }, { kind: 'right' }],
    ['0 for a target below it', { target: -1, read: 3 }, write(0)],
    ['no rise with a stale feed', { target: 14, isFeedStale: true }, { kind: 'wait', for: 'feed' }],
    ['a fall with a stale feed', { target: 4, isFeedStale: true }, write(4)],
    ['sales unseen are taken off, not written back', { target: 9, read: 7, missing: 3, isFeedStale: true }, write(6)],
    ['no rise while a request is out', { target: 14, isInDoubt: true }, { kind: 'wait', for: 'answer' }],
    ['no rise that a person has to allow', { target: 14, areRisesHeld: true }, { kind: 'wait', for: 'person' }],
    ['a fall whoever has to allow rises', { target: 4, areRisesHeld: true }, write(4)],
  ])('%s', (_what, situation, decision) => {
    expect(decideWrite({ ...usual, ...situation })).toEqual(decision);
  });

  const quantity = fc.integer({ min: -5, max: 30 });
  const situations: fc.Arbitrary<Situation> = fc.record({
    ...{ target: quantity, read: quantity, unconfirmed: fc.integer({ min: 0, max: 4 }) },
    missing: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 })),
    ...{ isFeedStale: fc.boolean(), isInDoubt: fc.boolean(), areRisesHeld: fc.boolean() },
  });

  it('never more than the target, never a rise that is barred, and never what is there already', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const decision = decideWrite(situation);
        if (decision.kind !== 'write') return;
        expect(decision.value).toBeLessThanOrEqual(
          Math.max(0, situation.target - situation.unconfirmed - situation.missing),
        );
        expect(decision.value).not.toBe(situation.read);
        if (situation.isFeedStale || situation.isInDoubt || situation.areRisesHeld || situation.missing > 0)
          expect(decision.value).toBeLessThanOrEqual(Math.max(0, situation.read));
      }),
    );
  });

  it('a row that shows too much is never left so', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        fc.pre(situation.read > Math.max(0, situation.target - situation.unconfirmed));
        expect(decideWrite(situation).kind).toBe('write');
      }),
    );
  });
});
