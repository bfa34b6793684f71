import type { Trouble } from '#channel-kit';
import { ProblemError } from '#platform';
import { SecretsError, type ConnectionAnswer, type ConnectionRefusal } from '../../connections/index.js';
import type { JobAnswer } from '../../contracts/index.js';

/** What was refused, with what explains it beside. */
export const refusalProblem = ({ code, ...facts }: ConnectionRefusal): ProblemError =>
  'field' in facts
    ? new ProblemError(code, { field: `settings.${facts.field}`, detail: facts.detail })
    : new ProblemError(code, { facts });

/** What a shop has answered instead of an answer. */
export const troubleProblem = ({ kind, code, detail, retryAfterMillis }: Trouble): ProblemError =>
  new ProblemError('shop_troubled', {
    detail,
    facts: { kind, trouble: code },
    ...(retryAfterMillis !== undefined && { retryAfterSeconds: Math.ceil(retryAfterMillis / 1_000) }),
  });

/** A connector is given to a channel, and a channel sells from locations: both come first. */
export const unknownChannel = (channel: string): ProblemError =>
  new ProblemError('unknown_channel', {
    ...{ field: 'channel', facts: { channel } },
    detail: `The ledger has no channel ${channel} so far. Define it first, POST /v1/channels, and before it the locations that it sells from, POST /v1/locations; then add its connector.`,
  });

export const jobProblem = ({ code, detail }: Extract<JobAnswer, { readonly kind: 'refused' }>): ProblemError =>
  new ProblemError(code, { detail });

/** Secrets that cannot be read or locked are a problem with a name; everything else is a fault of ours. */
export const withSecrets = async <Value>(asked: Promise<Value>): Promise<Value> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SecretsError) throw new ProblemError(error.code, { detail: error.message });
    throw error;
  }
};

export type Done = Omit<Extract<ConnectionAnswer, { readonly kind: 'done' }>, 'kind'>;

/** @throws ProblemError for a refusal */
export const doneOf = async (asked: Promise<ConnectionAnswer>): Promise<Done> => {
  const answer = await withSecrets(asked);
  if (answer.kind === 'refused') throw refusalProblem(answer.refusal);
  const { connection, changed } = answer;
  return { connection, changed };
};
