import type { Statement } from '#postgres';
import { inSchema } from './in-schema.js';
import type { Target } from './projection.js';

/** The statements of a projection, each on the tables of one version. */
export const statementsOf = <Name extends string>(
  files: Readonly<Record<Name, Statement>>,
  target: Target,
): Readonly<Record<Name, Statement>> =>
  Object.fromEntries(Object.entries<Statement>(files).map(([name, file]) => [name, inSchema(file, target)])) as Record<
    Name,
    Statement
  >;
