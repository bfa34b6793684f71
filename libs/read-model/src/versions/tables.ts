import { readFileSync } from 'node:fs';
import type { ProjectionName, Target } from '../projection/projection.js';
import { textInSchema } from '../projection/in-schema.js';

const files: Record<ProjectionName, string> = {
  fold: readFileSync(new URL('../fold/tables.sql', import.meta.url), 'utf8'),
  history: readFileSync(new URL('../history/tables.sql', import.meta.url), 'utf8'),
  index: readFileSync(new URL('../keys/tables.sql', import.meta.url), 'utf8'),
};

/** The schema and the empty tables of a version, as statements for one simple query. */
export const tablesOf = (target: Target): string => textInSchema(files[target.name], target);
