import type { CodeMeaning } from './meaning.js';

/** Moments and figures, and runs of them, that cannot be taken. */
export const figureCodes = {
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
} as const satisfies Record<string, CodeMeaning>;
