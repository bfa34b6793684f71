import type { CodeMeaning } from './meaning.js';

/** Who asks. */
export const askerCodes = {
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
} as const satisfies Record<string, CodeMeaning>;
