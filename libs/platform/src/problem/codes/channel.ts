import type { CodeMeaning } from './meaning.js';

/** Shops behind channels: their connections, their secrets, and the work that people ask of them. */
export const channelCodes = {
  unknown_connection: {
    status: 404,
    title: 'The channel has no connector',
    remedy: 'Add one: POST /v1/channels/{channel}/connector.',
  },
  already_connected: {
    status: 409,
    title: 'The channel has another connector',
    remedy: 'Change its settings: PUT /v1/channels/{channel}/connector/settings.',
  },
  too_many_connections: {
    status: 409,
    title: 'As many channels are connected as one ledger serves',
    remedy: 'Connect this one to another installation.',
  },
  connection_changed: {
    status: 409,
    title: 'Somebody else has changed the connection since you read it',
    remedy: 'GET it again, decide anew, and send the revision that it has now.',
  },
  not_a_step: {
    status: 409,
    title: 'The ladder has no such step',
    remedy: 'Go to one of `next`: one rung up at a time, down to any.',
  },
  canary_missing: {
    status: 422,
    title: 'A canary needs to know what it writes',
    remedy: 'Send `percent`, or `listings` by their rows.',
  },
  not_paused: { status: 409, title: 'The channel is not paused', remedy: 'Nothing is left to do: it goes on already.' },
  unknown_kind: { status: 422, title: 'No such kind of shop', remedy: 'Choose one of `kinds`.' },
  settings_unfit: {
    status: 422,
    title: 'The shop cannot be reached with these settings',
    remedy: 'Correct the field that `field` names.',
  },
  secrets_missing: { status: 422, title: 'A secret is missing', remedy: 'Send those that `names` names.' },
  secrets_unknown: {
    status: 422,
    title: 'A secret that this kind of shop does not have',
    remedy: 'Send only those that `names` names.',
  },
  secrets_key_missing: {
    status: 503,
    title: 'There is no key to lock secrets with',
    remedy: 'Set CHANNEL_SECRETS_KEY or CHANNEL_SECRETS_KEY_FILE and start again.',
  },
  secrets_key_wrong: {
    status: 503,
    title: 'The secrets were locked with another key',
    remedy: 'Start once with that one as CHANNEL_SECRETS_KEY_OLD, or give the secrets anew.',
  },
  secret_damaged: { status: 503, title: 'A secret is not what was locked', remedy: 'Give the secret anew.' },
  shop_troubled: {
    status: 502,
    title: 'The shop does not answer as it should',
    remedy: '`trouble` and the detail say what is wrong and what to do in the shop.',
    retryable: true,
  },
  unknown_shop_order: {
    status: 404,
    title: 'The shop has no such order',
    remedy: "Check the shop's own number of the order.",
  },
  not_running: {
    status: 409,
    title: 'Nobody works on the channel',
    remedy: 'It is off, or another process works on it: see GET /v1/channels/{channel}/connector.',
  },
  not_computing: {
    status: 409,
    title: 'Nothing is computed for the channel on its rung',
    remedy: 'Go to shadow first: PUT /v1/channels/{channel}/connector/ladder.',
  },
  unknown_job: { status: 404, title: 'No such job', remedy: 'Jobs are remembered for a day.' },
  message_unproven: {
    status: 401,
    title: 'The message does not prove its sender',
    remedy: "Check the secret on both sides, and the shop's clock: 5 minutes may differ.",
  },
} as const satisfies Record<string, CodeMeaning>;
