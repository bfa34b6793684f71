import { isUtf8 } from 'node:buffer';
import { ProblemError } from '../problem/problem-error.js';
import { duplicateMember, pathAt } from './locate.js';
import { scanJson } from './scan.js';

/**
 * A request body as a value. Refuses what JSON.parse lets through silently: numbers that it would round, -0, a member
 * that appears twice (it keeps the last), names that change a prototype, bytes that are not UTF-8, deep nesting.
 *
 * @throws ProblemError with the code and, where there is one, the field
 */
export const parseStrictJson = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw new ProblemError('malformed_json', { detail: 'The body is not UTF-8.' });
  const text = bytes.toString('utf8');
  const members = scanJson(text);
  if (typeof members !== 'number') {
    const field = pathAt(text, members.at);
    throw new ProblemError(members.code, { detail: members.detail, ...(field && { field }) });
  }
  const value = parsed(text);
  if (countMembers(value) !== members) throw repeated(text);
  return value;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError('malformed_json', { detail: error instanceof Error ? error.message : 'Not JSON.' });
  }
};

/**
 * These would change an object's prototype, or be overlooked when a body is copied into a class: every object has members
 * of these names already (`toString`), so nobody sees that one more came.
 */
const reservedNames: ReadonlySet<string> = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** Depth is bounded by the scan, so recursion is. */
const countMembers = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    let members = 0;
    for (let index = 0; index < value.length; index++) members += countMembers(value[index]);
    return members;
  }
  let members = 0;
  for (const [name, member] of Object.entries(value)) {
    if (reservedNames.has(name))
      throw new ProblemError('unknown_field', { field: name, detail: `${name} is not a field.` });
    members += 1 + countMembers(member);
  }
  return members;
};

const repeated = (text: string): ProblemError => {
  const field = duplicateMember(text);
  return new ProblemError('duplicate_member', {
    detail: `${field ?? 'A member'} appears more than once.`,
    ...(field && { field }),
  });
};
