import { figureMax, runBases, runKinds, runRowsMax, type RunKind } from '#observations';
import type { Basis } from '#stock';
import type { RunReport } from '../../composition/observations.js';
import { Code, Integer, Key, Keys, ListOf, OneOf, Quantity, Text, Timestamp } from '../fields/index.js';
import { instantOr } from '../movements/reported.js';

const bases: readonly Basis[] = [...runBases, 'sellable'];

export class RowRequest {
  @Key('TSHIRT-BLUE-M', { description: 'The SKU' }) sku!: string;
  @Quantity({ min: -figureMax, max: figureMax, description: 'What there is of it, in base units' }) quantity!: number;
}

/** Figures that a machine gives of a location, all of one moment. */
export class RunRequest {
  @Key('night-2026-03-01', { description: 'Names this run among those of its connection' }) run!: string;
  @Code('wh1', { description: 'The location' }) location!: string;
  @Timestamp({ description: 'The moment that the figures are of' }) asOf!: string;
  @OneOf(bases, { description: 'What the figures include; free: what you have not acknowledged as committed' })
  basis!: Basis;
  @OneOf(runKinds, { description: 'All of the location, all of a part of it, or what has changed' }) kind!: RunKind;
  @Integer({ min: 1, max: runRowsMax, example: 1, description: 'How many rows there are: a cut list is recognised' })
  rowCount!: number;
  @ListOf(RowRequest, runRowsMax) rows!: RowRequest[];

  toRun(): RunReport {
    const { run, location, basis, kind, rowCount } = this;
    const rows = this.rows.map(({ sku, quantity }) => ({ sku, quantity }));
    return { run, location, asOf: instantOr(this.asOf, this.asOf), basis, kind, rowCount, rows };
  }
}

const Reason = (): PropertyDecorator => Text('Checked on the shelf', { description: 'Why; no personal data' });

/** A person has looked at a held run. */
export class ReleaseRequest {
  @Keys('TSHIRT-BLUE-M', runRowsMax, { optional: true, description: 'The rows to post; all that wait when left out' })
  skus?: string[];
  @Reason() reason!: string;
}

export class RejectRequest {
  @Reason() reason!: string;
}

export class RowsQuery {
  @Key('TSHIRT-BLUE-M', { optional: true, description: 'The `next` of the page before; the first page when left out' })
  cursor?: string;
}
