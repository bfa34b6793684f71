import type { Problem, ProblemError } from '#platform';

/** What became of one item of a batch: its place, and an answer or a problem with the status it would have had alone. */
export type ItemOutcome<Answer> =
  | { readonly index: number; readonly status: 200; readonly answer: Answer }
  | { readonly index: number; readonly status: number; readonly problem: Problem };

export const itemDone = <Answer>(index: number, answer: Answer): ItemOutcome<Answer> => ({
  index,
  status: 200,
  answer,
});

export const itemFailed = (index: number, { problem }: ProblemError): ItemOutcome<never> => ({
  index,
  status: problem.status,
  problem,
});

/** How many of a batch went well. */
export const summaryOf = (
  outcomes: readonly ItemOutcome<unknown>[],
): { readonly succeeded: number; readonly failed: number } => {
  const succeeded = outcomes.filter((outcome) => 'answer' in outcome).length;
  return { succeeded, failed: outcomes.length - succeeded };
};
