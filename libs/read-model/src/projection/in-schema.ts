import type { Statement } from '#postgres';
import type { Target } from './projection.js';

/** The schema of a version's tables. */
export const schemaOf = ({ name, version }: Target): string => `${name}_${version}`;

/**
 * Statement files name a projection's tables by the schema of the live views (`fold.balance`); a writer means those of
 * its own version (`fold_2.balance`).
 */
export const textInSchema = (text: string, target: Target): string =>
  text
    .replaceAll(new RegExp(`\\b${target.name}\\.(?=[a-z])`, 'g'), `${schemaOf(target)}.`)
    .replaceAll(`CREATE SCHEMA ${target.name};`, `CREATE SCHEMA ${schemaOf(target)};`);

export const inSchema = ({ name, text }: Statement, target: Target): Statement => ({
  name: `${schemaOf(target)}:${name}`.slice(0, nameCharsMax),
  text: textInSchema(text, target),
});
/** PostgreSQL cuts names at 63 bytes. */
const nameCharsMax = 63;
