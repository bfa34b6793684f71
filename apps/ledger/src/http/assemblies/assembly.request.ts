import { assemblyLinesMax, quantityMax, type AssemblyLine } from '#stock';
import type { AssemblyReport } from '../../assemblies/assembly-desk.js';
import { Key, ListOf, Quantity } from '../fields/index.js';
import { Location, OccurredAt, SourceVersion } from '../movements/fields.js';
import { instantOr, type Reporter } from '../movements/reported.js';

export class AssembledRequest {
  @Key('CUP', { description: 'A SKU that is stocked' }) sku!: string;
  @Quantity({ min: 0, max: quantityMax, description: 'Base units; 0: none after all' }) quantity!: number;
}

const lineOf =
  (role: AssemblyLine['role']) =>
  ({ sku, quantity }: AssembledRequest): AssemblyLine => ({ sku, role, quantity });

/** What was made of what, as a whole. */
export class AssemblyRequest {
  @Key('job-17', { description: 'Stable key of the assembly in the system that reports it' }) assembly!: string;
  @SourceVersion() version?: number;
  @Location() location!: string;
  @OccurredAt() occurredAt?: string;
  @ListOf(AssembledRequest, assemblyLinesMax, { itemsMin: 0, description: 'What went into it' })
  consumed!: AssembledRequest[];
  @ListOf(AssembledRequest, assemblyLinesMax, { itemsMin: 0, description: 'What came of it' })
  produced!: AssembledRequest[];

  toReport({ connection, now }: Reporter): AssemblyReport {
    return {
      connection,
      assembly: this.assembly,
      version: this.version ?? 1,
      location: this.location,
      occurredAt: instantOr(this.occurredAt, now),
      lines: [...this.consumed.map(lineOf('consumed')), ...this.produced.map(lineOf('produced'))],
    };
  }
}
