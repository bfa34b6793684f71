import { ttlMillisMax, ttlMillisMin } from '#stock';
import { Integer } from '../fields/index.js';

export class ExtendRequest {
  @Integer({
    min: ttlMillisMin / 1000,
    max: ttlMillisMax / 1000,
    example: 900,
    optional: true,
    description: "How long from now; the channel's when left out",
  })
  ttlSeconds?: number;
}
