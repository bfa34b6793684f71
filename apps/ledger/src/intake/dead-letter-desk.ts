import type { Clock } from '#event-sourcing';
import type { DeadLetterStore, KeptLetter, LettersAsked, Settlement } from './dead-letter-store.js';
import { judge, type IntakeLedger } from './judge.js';
import { kindOfTopic } from './topics.js';
import type { Verdict } from './verdict.js';

export type Answered =
  | { readonly kind: 'unknown_dead_letter' }
  | { readonly kind: 'settled_before'; readonly letter: KeptLetter }
  | { readonly kind: 'discarded' }
  | Verdict;

/** What people do with messages that could not be taken in. */
export type DeadLetterDesk = {
  readonly list: (asked: LettersAsked) => Promise<readonly KeptLetter[]>;
  /** Takes the message in as if it had just come. It stays a dead letter, with its reason of now, when that fails again. */
  readonly replay: (id: number, by: Person) => Promise<Answered>;
  /** It is never taken in. */
  readonly discard: (id: number, by: Person) => Promise<Answered>;
};
export type Person = Pick<Settlement, 'by' | 'reason'>;

type Parts = { readonly ledger: IntakeLedger; readonly letters: DeadLetterStore; readonly clock: Pick<Clock, 'now'> };

export const createDeadLetterDesk = ({ ledger, letters, clock }: Parts): DeadLetterDesk => {
  /** Somebody may have settled it a moment before: then that stands. */
  const settle = async (id: number, how: Settlement['how'], person: Person, answer: Answered): Promise<Answered> => {
    if (await letters.settle(id, { how, ...person, at: clock.now() })) return answer;
    const found = await letters.find(id);
    return found ? { kind: 'settled_before', letter: found.letter } : { kind: 'unknown_dead_letter' };
  };
  const open = async (id: number, act: (found: Found) => Promise<Answered>): Promise<Answered> => {
    const found = await letters.find(id);
    if (!found) return { kind: 'unknown_dead_letter' };
    return found.letter.settled ? { kind: 'settled_before', letter: found.letter } : act(found);
  };
  return {
    list: letters.list,
    replay: (id, person) =>
      open(id, async ({ letter, message }) => {
        const verdict = await judge(kindOfTopic(letter.topic), ledger, message);
        if (verdict.kind === 'taken') return settle(id, 'replayed', person, verdict);
        if (verdict.kind === 'parked') await letters.failAgain(id, verdict.problem);
        return verdict;
      }),
    discard: (id, person) => open(id, () => settle(id, 'discarded', person, { kind: 'discarded' })),
  };
};

type Found = NonNullable<Awaited<ReturnType<DeadLetterStore['find']>>>;
