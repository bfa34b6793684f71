import type { CodeMeaning } from './meaning.js';

/** The form of a request. */
export const requestCodes = {
  malformed_json: { status: 400, title: 'The body is not JSON', remedy: 'Send one UTF-8 JSON value.' },
  json_too_deep: {
    status: 400,
    title: 'The JSON nests too deep',
    remedy: 'Send the documented shape; none nests deeper than 16 levels.',
  },
  duplicate_member: { status: 400, title: 'A member appears twice', remedy: 'Send each member of an object once.' },
  invalid_number: {
    status: 400,
    title: 'Not a number that can be taken exactly',
    remedy: 'Write whole numbers in digits: 12, not 12.0, 1.2e1, -0 or beyond 2^53 - 1.',
  },
  body_missing: {
    status: 400,
    title: 'A body is required',
    remedy: 'Send the documented JSON object with Content-Type: application/json.',
  },
  unknown_field: {
    status: 400,
    title: 'A field that does not exist',
    remedy: 'Remove it or correct its name; nothing unknown is ignored.',
  },
  missing_field: { status: 400, title: 'A required field is missing', remedy: 'Send the field.' },
  invalid_value: {
    status: 400,
    title: 'A value of the wrong type or form',
    remedy: 'Read the detail and the OpenAPI document for the form of the field.',
  },
  invalid_quantity: {
    status: 400,
    title: 'Not a quantity',
    remedy: 'Send a JSON integer in the stated range, not a string.',
  },
  invalid_code: {
    status: 400,
    title: 'Not a code',
    remedy:
      'Codes are NFC text of 1 to 64 characters and at most 128 bytes, without control characters, lone surrogates or a leading $; channels and locations match [a-z0-9_]{1,32}.',
  },
  invalid_text: {
    status: 400,
    title: 'Not a text that can be stored',
    remedy: 'Send NFC text within the length limit, without control characters or lone surrogates.',
  },
  invalid_timestamp: {
    status: 400,
    title: 'Not a moment',
    remedy: 'Send RFC 3339 with a zone: 2026-03-01T09:30:00Z or 2026-03-01T10:30:00+01:00.',
  },
  invalid_cursor: {
    status: 400,
    title: 'Not a cursor of this list',
    remedy: 'Send the cursor of the previous page unchanged, or none to begin again.',
  },
  too_few_items: { status: 400, title: 'The list is empty', remedy: 'Send at least one item.' },
  too_many_items: {
    status: 400,
    title: 'The list is too long',
    remedy: 'Split it: 500 movements, 2,000 order lines, 200 lines of a cart, 10,000 rows of a run.',
  },
  duplicate_item: {
    status: 400,
    title: 'The same item twice in one request',
    remedy: 'Merge the two, or give each its own key.',
  },
  invalid_header: {
    status: 400,
    title: 'A header of the wrong form',
    remedy: 'Read the detail; Idempotency-Key is 1 to 64 visible characters.',
  },
  bad_request: { status: 400, title: 'Not a request that can be read', remedy: 'Check the URL and the headers.' },
  body_too_large: { status: 413, title: 'The body is too large', remedy: 'Stay under 1 MiB: send smaller batches.' },
  unsupported_media_type: {
    status: 415,
    title: 'Not a media type that is taken',
    remedy: 'Send Content-Type: application/json.',
  },
  route_not_found: { status: 404, title: 'No such route', remedy: 'See /docs.' },
} as const satisfies Record<string, CodeMeaning>;
