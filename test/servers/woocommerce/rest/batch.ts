import { bodyOf } from './bodies.js';
import { errorBody, RestError } from './errors.js';
import type { Found, Json, RestRequest } from './types.js';

const itemsMax = 100;
const allow = 'POST, PUT, PATCH';

/** What PHP finds when it walks through a value: the rows of a list, the values of an object. */
const rowsIn = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

/** Rows one after the other, each with its own outcome; nothing is taken back. @throws RestError for too many */
export const batchOf = async (request: RestRequest, update: (row: Json) => Promise<Json>): Promise<Found> => {
  const body = bodyOf(request);
  const count = ['create', 'update', 'delete'].reduce((sum, part) => sum + rowsIn(body[part]).length, 0);
  if (count > itemsMax) {
    const message = `Unable to accept more than ${itemsMax} items for this request.`;
    throw new RestError('woocommerce_rest_request_entity_too_large', message, 413);
  }
  const rows = rowsIn(body['update']);
  const updated: Json[] = [];
  for (const row of rows) updated.push(await outcomeOf(typeof row === 'object' ? (row as Json) : {}, update));
  // PHP writes an array without entries as a list.
  const all = rows.length === 0 ? [] : { update: updated };
  return { status: 200, body: all, allow };
};

const outcomeOf = async (row: Json, update: (row: Json) => Promise<Json>): Promise<Json> => {
  try {
    return await update(row);
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { id: idIn(row['id']), error: errorBody(error) };
  }
};

const idIn = (id: unknown): unknown => (id === undefined ? null : id);
