import type { CodeMeaning } from './meaning.js';

/** What stands in the way on a SKU: other content under the same name, or not enough of something. */
export const stockCodes = {
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
} as const satisfies Record<string, CodeMeaning>;
