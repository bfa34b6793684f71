import { hash } from 'node:crypto';
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

/** Tells one definition of a projection's tables from another: software and tables of one shape belong together. */
export const shapeOf = (name: ProjectionName): string => hash('sha256', files[name], 'hex');
