import { quantityMax, type Basis, type CountStock } from '#stock';
import { OneOf, Quantity, Timestamp } from '../fields/index.js';
import { CommandId, Kind, Location, OccurredAt, Sku, SourceKey, SourceVersion } from './fields.js';
import { instantOr, reportingOf, type Report, type Reporter } from './reported.js';

const bases: readonly Basis[] = ['on_hand', 'usable', 'free', 'sellable'];

/** Somebody counted, or another system says what it has: an absolute figure with its moment. */
export class CountRequest {
  @Kind('count') kind!: 'count';
  @Sku() sku!: string;
  @Location() location!: string;
  @Quantity({ min: -quantityMax, max: quantityMax, description: 'What was counted' }) quantity!: number;
  @OneOf(bases, { optional: true, description: 'What the figure includes; on_hand when left out' }) basis?: Basis;
  @Timestamp({ optional: true, description: 'The moment of the figure; occurredAt, else now, when left out' })
  asOf?: string;
  @SourceKey() sourceKey!: string;
  @SourceVersion() sourceVersion?: number;
  @OccurredAt() occurredAt?: string;
  @CommandId() id?: string;

  toCommand(by: Reporter): Report<CountStock> {
    return {
      ...reportingOf(this, by),
      kind: 'count',
      location: this.location,
      observed: this.quantity,
      basis: this.basis ?? 'on_hand',
      asOf: instantOr(this.asOf, instantOr(this.occurredAt, by.now)),
    };
  }
}
