import { ValidateBy } from 'class-validator';
import type { ProblemCode } from '../problem/codes.js';

/** Where a validator's code is carried to the answer. */
export type RuleContext = { readonly code: ProblemCode };

/**
 * A property decorator of class-validator from one predicate, with the stable code that its violation answers.
 *
 * @param must the rest of a sentence that begins with the field: 'must be ...'
 */
export const rule = (
  name: string,
  code: ProblemCode,
  holds: (value: unknown) => boolean,
  must: string,
): PropertyDecorator => {
  const context: RuleContext = { code };
  return ValidateBy(
    { name, validator: { validate: (value: unknown) => holds(value), defaultMessage: () => must } },
    { context },
  );
};
