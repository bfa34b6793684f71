import { ListOf } from '../fields/index.js';
import { ListingRequest } from './listing.request.js';

/** Listings of one request. */
export const listingsMax = 500;

export class ListingsRequest {
  @ListOf(ListingRequest, listingsMax) listings!: ListingRequest[];
}
