import { basisPointsOfAll, bufferEffects, type BufferPolicy, type Share } from '#atp';
import { ProblemError } from '#platform';
import { shareUnitsMax } from '#policies';
import { Integer, OneOf, Quantity } from '../fields/index.js';

/** So many units, or a share of what the channel could sell. */
export class ShareRequest {
  @Quantity({ min: 0, max: shareUnitsMax, example: 5, optional: true, description: 'Units; or basisPoints' })
  units?: number;
  @Integer({
    min: 0,
    max: basisPointsOfAll,
    example: 500,
    optional: true,
    description: 'Hundredths of a percent of what the channel could sell; or units',
  })
  basisPoints?: number;
  @Quantity({ min: 0, max: shareUnitsMax, example: 20, optional: true, description: 'At most so many of the share' })
  unitsMax?: number;
}

export class BufferRequest extends ShareRequest {
  @OneOf(bufferEffects, { description: 'hard: kept back from every promise; soft: from display alone' })
  effect!: BufferPolicy['effect'];
}

/** @throws ProblemError for a share that names both units and basis points, or neither */
export const shareOf = (field: string, { units, basisPoints, unitsMax }: ShareRequest): Share => {
  if (units === undefined && basisPoints === undefined)
    throw new ProblemError('missing_field', {
      field: `${field}.units`,
      detail: `${field}.units or basisPoints is required`,
    });
  if (basisPoints === undefined && unitsMax === undefined && units !== undefined) return { units };
  if (units !== undefined || basisPoints === undefined)
    throw new ProblemError('invalid_value', {
      field: `${field}.units`,
      detail: `${field} is either units, or basisPoints with a unitsMax where wanted`,
    });
  return { basisPoints, ...(unitsMax !== undefined && { unitsMax }) };
};

export const bufferOf = (field: string, buffer: BufferRequest): BufferPolicy => ({
  effect: buffer.effect,
  ...shareOf(field, buffer),
});
