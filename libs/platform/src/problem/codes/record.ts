import type { CodeMeaning } from './meaning.js';

/** What is kept of channels, and what people say of it. */
export const recordCodes = {
  unknown_sync_entry: { status: 404, title: 'No such entry of the sync log', remedy: 'See GET /v1/sync-log.' },
  unknown_finding: { status: 404, title: 'No such finding', remedy: 'See GET /v1/findings.' },
  finding_resolved: {
    status: 409,
    title: 'A person has said what is right before',
    remedy: 'Nothing is left to do: GET /v1/findings/{id} says who did it, when and why.',
  },
  finding_being_resolved: {
    status: 409,
    title: 'What somebody has said of it is being done',
    remedy: 'Wait: it goes on by itself, also after a crash. GET /v1/findings/{id} says what it is.',
  },
  finding_only_noted: {
    status: 409,
    title: 'Nothing is asked of anybody there',
    remedy: 'Resolve a finding of the row that is open or resolvable.',
  },
  row_not_held: {
    status: 409,
    title: 'The row does not wait',
    remedy: 'It is right by now: say that the ledger or the shop is right, or nothing.',
  },
  row_not_listed: {
    status: 409,
    title: 'Nobody knows how many units of the SKU the row sells',
    remedy: 'Map it first: PUT /v1/channels/{channel}/listings.',
  },
  time_range_unfit: { status: 422, title: 'A time that does not fit', remedy: 'Read the detail, and correct it.' },
} as const satisfies Record<string, CodeMeaning>;
