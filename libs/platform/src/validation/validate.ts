import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import type { ProblemCode } from '../problem/codes.js';
import { ProblemError, type FieldProblem } from '../problem/problem-error.js';
import type { RuleContext } from './rule.js';

/** Nothing unknown is ignored: a misspelt optional field would otherwise be lost without a word. */
const strictly: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false },
};

/** More than these help nobody. */
const errorsShownMax = 20;

/**
 * A plain value as an instance of a request class.
 *
 * @param at where in the request it stands, for the names of its fields; empty: it is the request
 * @throws ProblemError that names every wrong field; its own code and field are those of the first
 */
export const validated = <Request extends object>(
  type: ClassConstructor<Request>,
  plain: unknown,
  at = '',
): Request => {
  const found = examine(type, plain, at);
  if ('request' in found) return found.request;
  throw found.problem;
};

/** As `validated`, with the problem as a value: for the items of a batch, where one harms no other. */
export const examine = <Request extends object>(
  type: ClassConstructor<Request>,
  plain: unknown,
  at = '',
): { readonly request: Request } | { readonly problem: ProblemError } => {
  if (at === '' && (plain === undefined || plain === null)) return { problem: new ProblemError('body_missing') };
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    return {
      problem: new ProblemError('invalid_value', { detail: mustBeObject(at), ...(at !== '' && { field: at }) }),
    };
  }
  const request = plainToInstance(type, plain);
  const errors = validateSync(request, strictly).flatMap((error) => problemsOf(error, at));
  const [first] = errors;
  return first ? { problem: problemWith(first, errors) } : { request };
};

const mustBeObject = (at: string): string => `${at === '' ? '' : `${at} `}must be a JSON object`;

const problemWith = (first: FieldProblem, errors: readonly FieldProblem[]): ProblemError =>
  new ProblemError(first.code, {
    detail: `${first.field} ${first.detail}`,
    field: first.field,
    errors: errors.slice(0, errorsShownMax),
  });

const problemsOf = (error: ValidationError, parent: string): FieldProblem[] => {
  const field = fieldOf(parent, error.property);
  const nested = (error.children ?? []).flatMap((child) => problemsOf(child, field));
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
    field,
    code: codeOf(error, name),
    detail: detailOf(error, name, message),
  }));
  return [...own, ...nested];
};

const fieldOf = (parent: string, property: string): string => {
  if (/^\d+$/u.test(property)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
};

/** The name that class-validator gives to what the whitelist does not know. */
const unknownField = 'whitelistValidation';

const detailOf = (error: ValidationError, name: string, message: string): string => {
  if (name === unknownField) return 'is not a field of this request';
  return error.value === undefined ? 'is required' : message;
};

const codeOf = (error: ValidationError, name: string): ProblemCode => {
  if (name === unknownField) return 'unknown_field';
  if (error.value === undefined) return 'missing_field';
  return (error.contexts?.[name] as RuleContext | undefined)?.code ?? 'invalid_value';
};
