import { plain, text } from '../projection/columns.js';
import type { Columns } from '../projection/columns.js';
import type { FactKey, SaidFact } from './fold-facts.js';

/* The parameters of set-facts and delete-facts, in their order. */

export const factKeyColumns: Columns<FactKey> = [
  text((fact) => fact.sku),
  text((fact) => fact.kind),
  text((fact) => fact.connection),
  text((fact) => fact.sourceKey),
];

export const factColumns: Columns<SaidFact> = [
  ...factKeyColumns,
  plain((fact) => fact.version),
  plain((fact) => fact.witness),
  text((fact) => fact.location),
  plain((fact) => fact.units),
  text((fact) => fact.document ?? ''),
  text((fact) => fact.order?.channel ?? ''),
  text((fact) => fact.order?.orderKey ?? ''),
  text((fact) => fact.order?.line ?? ''),
  plain((fact) => fact.occurredAt),
  plain((fact) => fact.recordedAt),
];
