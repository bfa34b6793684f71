import { RestError } from './errors.js';
import type { Json, RestRequest } from './types.js';

/** What a request's body says: JSON or a form; of any other type nothing. @throws RestError where JSON is broken */
export const bodyOf = ({ headers, body }: RestRequest): Json => {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  if (!type.startsWith('application/json') || body === '') return {};
  try {
    return JSON.parse(body) as Json;
  } catch {
    const data = { json_error_code: 4, json_error_message: 'Syntax error' };
    throw new RestError('rest_invalid_json', 'Invalid JSON body passed.', 400, data);
  }
};
