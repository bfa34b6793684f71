import { quantityMax } from '#stock';
import { Code, Integer, Key, OneOf, Quantity, Timestamp, type FieldOptions } from '../fields/index.js';

/** The fields that movements share, by name. */

export const Kind = (kind: string): PropertyDecorator => OneOf([kind], { description: 'What kind of fact this is' });
export const Sku = (): PropertyDecorator => Key('TSHIRT-BLUE-M', { description: 'The SKU: opaque and case-sensitive' });
export const Location = (): PropertyDecorator => Code('wh1', { description: 'The location' });
export const SourceKey = (): PropertyDecorator =>
  Key('delivery-4711/1', { description: 'Stable id of this line in the system that reports it' });
export const SourceVersion = (): PropertyDecorator =>
  Integer({
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
    description: 'Grows with every correction; 1 when left out',
  });
export const OccurredAt = (): PropertyDecorator =>
  Timestamp({ optional: true, description: 'When it happened; now when left out; at most 5 minutes ahead' });
export const Document = (): PropertyDecorator =>
  Key('3SABC1234567', {
    optional: true,
    description: 'What it belongs to, in the words of whoever else reports it: a delivery note, a tracking number',
  });
export const CommandId = (): PropertyDecorator =>
  Key('till-3-000017', {
    optional: true,
    description: 'Idempotency key of this item; the source key and version guard it too',
  });

/** 0 voids the fact under a higher version. */
export const Units = (options: FieldOptions = {}): PropertyDecorator =>
  Quantity({ min: 0, max: quantityMax, description: 'Base units; 0 voids the fact', ...options });
export const SignedUnits = (): PropertyDecorator =>
  Quantity({ min: -quantityMax, max: quantityMax, description: 'Base units, signed; 0 voids the fact' });

export const plainBuckets = ['sellable', 'quarantined', 'damaged'] as const;
export type PlainBucket = (typeof plainBuckets)[number];
export const PlainBucket = (options: FieldOptions = {}): PropertyDecorator => OneOf(plainBuckets, options);
