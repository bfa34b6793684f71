import { ttlMillisMax, ttlMillisMin } from '#stock';
import type { CartWish } from '../../composition/carts.js';
import { Flag, Integer, ListOf } from '../fields/index.js';
import { CartLineRequest } from './cart-line.request.js';

/** Lines of one cart. */
export const cartLinesMax = 200;

const ttlSecondsMax = ttlMillisMax / 1000;

export class CartRequest {
  @ListOf(CartLineRequest, cartLinesMax) lines!: CartLineRequest[];
  @Integer({
    min: ttlMillisMin / 1000,
    max: ttlSecondsMax,
    example: 900,
    optional: true,
    description: "How long the units are held; the channel's when left out",
  })
  ttlSeconds?: number;
  @Flag({ optional: true, description: 'Hold what there is instead of refusing' }) partial?: boolean;

  toWish(channel: string, cart: string): CartWish {
    return {
      channel,
      cart,
      lines: this.lines,
      ...(this.ttlSeconds !== undefined && { ttlMillis: this.ttlSeconds * 1000 }),
      ...(this.partial !== undefined && { partial: this.partial }),
    };
  }
}
