import { ProblemError } from '#platform';
import type { OrderScope, RowScope } from '../../contracts/index.js';
import { WantedRequest } from '../connections/connection.request.js';
import { Moment, Names, Skus } from '../shared/fields.js';

/** Items of one request. */
const itemsMax = 1_000;

export class ResyncRequest extends WantedRequest {
  @Skus(itemsMax, 'The rows of these alone; all rows when left out') skus?: string[];

  toScope(): RowScope {
    return this.skus === undefined ? { kind: 'all' } : { kind: 'skus', skus: this.skus };
  }
}

export class RereadRequest extends WantedRequest {
  @Names('1200', itemsMax, "Orders by the shop's own numbers; or `since`") orders?: string[];
  @Moment('Orders that have changed from this moment on; or `orders`') since?: string;

  /** @throws ProblemError where it names both or neither */
  toScope(): OrderScope {
    const { orders, since } = this;
    if (orders !== undefined && since === undefined) return { kind: 'listed', orders };
    if (since !== undefined && orders === undefined) return { kind: 'since', at: Date.parse(since) };
    throw new ProblemError('invalid_value', { field: 'orders', detail: 'orders or since is required, and not both' });
  }
}
