/** What a problem code means to the caller. `remedy` says what to do; `retryable`: the same request may succeed later. */
export type CodeMeaning = {
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
  readonly retryable?: true;
};

/**
 * Every code that an answer of this API can carry: stable, one status each. docs/errors.md is written from this table
 * (`renderProblemTable`) and a test holds the two together.
 */
export const problemCodes = {
  // The form of a request
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
  malformed_message: {
    status: 400,
    title: 'The message is not a CloudEvent of this topic',
    remedy: 'Send CloudEvents 1.0 in binary mode with the key that the contract of the topic names.',
  },
  body_too_large: { status: 413, title: 'The body is too large', remedy: 'Stay under 1 MiB: send smaller batches.' },
  unsupported_media_type: {
    status: 415,
    title: 'Not a media type that is taken',
    remedy: 'Send Content-Type: application/json.',
  },
  route_not_found: { status: 404, title: 'No such route', remedy: 'See /docs.' },

  // Who asks
  key_missing: { status: 401, title: 'An API key is required', remedy: 'Send Authorization: Bearer sl_...' },
  key_invalid: { status: 401, title: 'Not a valid API key', remedy: 'Check the key, or have a new one made.' },
  key_expired: {
    status: 401,
    title: 'The API key has expired',
    remedy: 'Have a new one made for the same connection.',
  },
  key_revoked: {
    status: 401,
    title: 'The API key was revoked',
    remedy: 'Have a new one made for the same connection.',
  },
  scope_missing: {
    status: 403,
    title: 'The API key lacks a scope',
    remedy: 'Use a key with the scope that the detail names.',
  },
  not_author: {
    status: 403,
    title: 'This connection does not report that',
    remedy: 'Send it from the author connection, or give this connection the kind of fact at the location.',
  },
  too_many_keys: { status: 409, title: 'The connection has its keys already', remedy: 'Revoke one of its keys first.' },
  key_not_found: { status: 404, title: 'No such API key', remedy: 'List the keys to see their ids.' },
  rate_limited: {
    status: 429,
    title: 'Too many requests from this key',
    remedy: 'Wait as Retry-After says; send batches.',
    retryable: true,
  },

  // What the ledger answers
  unknown_sku: {
    status: 404,
    title: 'No movement of this SKU was ever reported',
    remedy: 'Check the code: it is case-sensitive. A fact opens a SKU.',
  },
  unknown_channel: { status: 404, title: 'No such channel', remedy: 'Create it first: POST /v1/channels.' },
  unknown_location: { status: 404, title: 'No such location', remedy: 'Create it first: POST /v1/locations.' },
  unknown_order: { status: 404, title: 'No such order', remedy: 'Check the key of the order and its channel.' },
  unknown_order_line: { status: 404, title: 'No such order line', remedy: 'Check the line, or send the order first.' },
  unknown_bundle: {
    status: 404,
    title: 'No recipe was ever set for this SKU',
    remedy: 'Check the code, or set one: PUT /v1/bundles/{sku}.',
  },
  already_defined: {
    status: 409,
    title: 'It exists with another definition',
    remedy: 'Choose another code; GET shows what is defined, and `differs` names the fields.',
  },
  bundle_in_itself: {
    status: 422,
    title: 'A bundle cannot contain itself',
    remedy: 'Take the SKU out of its own components.',
  },
  bundle_too_deep: {
    status: 422,
    title: 'A bundle cannot contain a bundle',
    remedy: 'Name the components of `component` instead of it; bundles are one level deep.',
  },
  sku_has_stock: {
    status: 409,
    title: 'The SKU is stocked',
    remedy: 'Sell the bundle under a SKU of its own, of which no units were ever reported.',
  },
  too_many_bundles: {
    status: 409,
    title: 'As many bundles as the ledger holds',
    remedy: 'Set another recipe for a bundle that has ended.',
  },
  policy_changed: {
    status: 409,
    title: 'Somebody else has changed it since you read it',
    remedy: 'GET it again, decide anew, and PUT with the revision that it has now.',
  },
  too_many_sku_policies: {
    status: 409,
    title: 'Too many SKUs have terms of their own',
    remedy: 'Take them from SKUs that no longer need any; what many SKUs share belongs into the channel.',
  },
  already_baselined: {
    status: 409,
    title: 'The order has its baseline already',
    remedy: 'A baseline is taken once, at first contact.',
  },
  command_id_reused: {
    status: 409,
    title: 'The Idempotency-Key was used for something else',
    remedy: 'Use a new key for a new request.',
  },
  fact_reused: {
    status: 409,
    title: 'The same fact and version with other content',
    remedy: 'Send a correction under a higher sourceVersion.',
  },
  fact_moved: {
    status: 409,
    title: 'The fact stands on another SKU',
    remedy: 'Void it there first: version n+1 with quantity 0, then n+1 here.',
  },
  snapshot_reused: {
    status: 409,
    title: 'The same version of the order with other content',
    remedy: 'Send the changed order under a higher version.',
  },
  insufficient: {
    status: 409,
    title: 'Not enough stock to promise',
    remedy: 'Ask for at most `available`, or set `partial`.',
  },
  eta_unknown: {
    status: 409,
    title: 'Units are on their way, but nobody knows when they come',
    remedy: 'Ask for at most `available`, or have the purchase order dated.',
  },
  too_many_incoming_lines: {
    status: 409,
    title: 'The SKU waits for too many lines of purchase orders',
    remedy: 'Cancel those that will not come: quantity 0.',
  },
  location_short: { status: 409, title: 'The location does not have the units', remedy: 'Ask for at most `sellable`.' },
  location_not_open: {
    status: 409,
    title: 'Nothing new is promised from this location',
    remedy: 'Choose another one, or open it: PUT /v1/locations/{location}.',
  },
  location_not_of_channel: {
    status: 409,
    title: 'The channel does not sell from this location',
    remedy: 'Choose one of its locations, or add this one: PUT /v1/channels/{channel}.',
  },
  too_many_quotas: {
    status: 409,
    title: 'Too many quotas of this SKU',
    remedy: 'A SKU has at most 256, those that were set to 0 included: use channels and locations that have one.',
  },
  not_committed_there: {
    status: 409,
    title: 'The line has fewer units committed there',
    remedy: 'Ask for at most `committed`.',
  },
  reservation_not_found: {
    status: 404,
    title: 'No such open reservation',
    remedy: 'It ended or never was; set the cart again.',
  },
  too_many_reservations: {
    status: 409,
    title: 'Too many open reservations of this SKU',
    remedy: 'Wait until some end.',
  },
  ttl_out_of_range: { status: 422, title: 'The time to live is out of range', remedy: 'Ask for 1 second to 7 days.' },
  occurred_in_future: {
    status: 422,
    title: "Too far ahead of the ledger's clock",
    remedy: 'Correct the clock; 5 minutes ahead are taken.',
  },
  eta_before_order: {
    status: 422,
    title: 'The units would arrive before they were ordered',
    remedy: 'Check both moments, and their zones.',
  },
  count_too_old: {
    status: 422,
    title: 'The count is older than what can be compared',
    remedy: 'Count again: a figure of the last 72 hours.',
  },
  basis_not_supported: {
    status: 422,
    title: 'The basis cannot be compared with a moment that has passed',
    remedy: 'Use on_hand, usable or free: what was sellable then is not remembered.',
  },
  row_count_differs: {
    status: 422,
    title: 'The run has not as many rows as it says',
    remedy: 'Read it from its source again: something was cut off.',
  },
  unknown_run: { status: 404, title: 'No such run of figures', remedy: 'Check its connection and key.' },
  run_reused: {
    status: 409,
    title: 'The same run with other content',
    remedy: 'Send it under a key of its own: a run is not corrected, the next one is the correction.',
  },
  run_not_held: {
    status: 409,
    title: 'The run does not wait for a person',
    remedy: '`state` says what became of it.',
  },
  unknown_partition: { status: 404, title: 'No such partition of the intake', remedy: 'See GET /v1/intake.' },
  unknown_dead_letter: { status: 404, title: 'No such dead letter', remedy: 'See GET /v1/dead-letters.' },
  dead_letter_settled: {
    status: 409,
    title: 'The dead letter was replayed or discarded before',
    remedy: 'Nothing is left to do: the answer says who did it, when and why.',
  },
  row_not_in_run: { status: 422, title: 'The run has no such row', remedy: 'Name SKUs of the run.' },
  quantity_out_of_range: {
    status: 422,
    title: 'A balance would leave the range of exact integers',
    remedy: 'Check the quantity.',
  },
  too_many_events: {
    status: 422,
    title: 'More happened to the SKU by then than one answer reads',
    remedy: 'Ask for an earlier moment, or for balances: GET /v1/stock/{sku}?knownAt=.',
  },
  moment_in_future: { status: 422, title: 'A moment that has not come', remedy: 'Ask for a moment that has passed.' },

  // The service
  busy: {
    status: 429,
    title: 'The queues are full',
    remedy: 'Retry after the stated time, with the same Idempotency-Key.',
    retryable: true,
  },
  deadline_exceeded: {
    status: 503,
    title: 'Not decided in time',
    remedy: 'Nothing was stored; retry.',
    retryable: true,
  },
  unavailable: {
    status: 503,
    title: 'The store cannot be reached',
    remedy: 'Nothing was stored; retry after the stated time. It recovers by itself.',
    retryable: true,
  },
  outcome_unknown: {
    status: 503,
    title: 'Nobody knows whether it was stored',
    remedy: 'Retry with the same Idempotency-Key (facts: the same sourceKey and sourceVersion); it counts once.',
    retryable: true,
  },
  stopping: {
    status: 503,
    title: 'The service is stopping',
    remedy: 'Retry; another instance or the next start answers.',
    retryable: true,
  },
  not_ready: { status: 503, title: 'Not ready', remedy: 'Read the checks; wait.', retryable: true },
  internal: { status: 500, title: 'A fault of the service', remedy: 'Report it with the request id.' },
} as const satisfies Record<string, CodeMeaning>;

export type ProblemCode = keyof typeof problemCodes;
