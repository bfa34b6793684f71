import type { PageRequest } from '#read-model';
import { Cursor, Limit } from './fields.js';

const rowsDefault = 100;

export class PageQuery {
  @Cursor() cursor?: string;
  @Limit() limit?: string;
}

/** The page that a query asks for. */
export const pageOf = ({ cursor, limit }: PageQuery): PageRequest => ({
  after: cursor,
  limit: limit === undefined ? rowsDefault : Number(limit),
});
