import { problemCodes, ProblemError, type ProblemCode } from '#platform';
import type { Plan, Resolved } from '../../records/index.js';

/** What is done, or with `planned` would be. */
export type ResolutionAnswer = Plan & { readonly finding: string; readonly outcome: 'applied' | 'planned' };

/**
 * The answer to what a person said of a finding.
 * @throws ProblemError where nothing follows from it
 */
export const doneOf = (finding: string, resolved: Resolved): ResolutionAnswer => {
  switch (resolved.kind) {
    case 'applied':
    case 'planned':
      return { finding, outcome: resolved.kind, ...resolved.plan };
    case 'unknown_finding':
      throw new ProblemError('unknown_finding', { facts: { id: finding } });
    case 'being_resolved':
      throw new ProblemError('finding_being_resolved', { facts: { how: resolved.how } });
    case 'refused':
    case 'not_applied':
      throw refusalOf(resolved.refusal);
    default:
      return resolved satisfies never;
  }
};

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemCodes, code);

const refusalOf = ({ code, ...facts }: { readonly code: string }): ProblemError => {
  if (!isProblemCode(code))
    return new ProblemError('invalid_value', { detail: `The ledger refuses it: ${code}`, facts });
  const { detail, ...rest } = facts as { readonly detail?: string };
  return new ProblemError(code, { facts: rest, ...(detail !== undefined && { detail }) });
};
