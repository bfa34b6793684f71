import { isTerms, type Terms } from './terms.js';

/** The ledger refused, or could not be reached: a sentence for a person, and its stable code. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** Where the ledger is, and the key that it is asked with. */
export type LedgerAddress = { readonly url: string; readonly key: string };

const answerMillisMax = 10_000;

export type LedgerRequest = {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: Terms;
  /** How long an answer may take, in milliseconds: longer than 10 s where the ledger asks somebody else. */
  readonly millisMax?: number;
};

/** One request to the ledger. @throws LedgerError */
export const callLedger = async ({ url, key }: LedgerAddress, request: LedgerRequest): Promise<Terms> => {
  const { method, path, body, millisMax = answerMillisMax } = request;
  const response = await reached(url, () =>
    fetch(url + path, {
      method,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(millisMax),
    }),
  );
  const answer = await bodyOf(url, response);
  if (response.ok) return answer;
  throw problemOf(response.status, answer);
};

const reached = async <Answer>(url: string, ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new LedgerError(
      `${url} cannot be reached: ${why instanceof Error ? why.message : String(why)}`,
      'unreachable',
    );
  }
};

const bodyOf = async (url: string, response: Response): Promise<Terms> => {
  const text = await reached(url, () => response.text());
  try {
    const answer: unknown = JSON.parse(text);
    if (isTerms(answer)) return answer;
  } catch {
    // Said below: a proxy's page, say.
  }
  throw new LedgerError(`${url} answered ${response.status} and no JSON: is it a ledger?`, 'not_a_ledger');
};

/** What problem+json says for itself anyway. */
const common = new Set(['type', 'title', 'status', 'detail', 'code', 'field', 'errors']);

/** `policy_changed: Somebody else has changed it ... (revision; expected 1, revision 2)` */
const problemOf = (status: number, problem: Terms): LedgerError => {
  const textOf = (name: string): string => (typeof problem[name] === 'string' ? problem[name] : '');
  const code = textOf('code') || `status ${status}`;
  const says = textOf('detail') || textOf('title');
  const facts = Object.entries(problem)
    .filter(([name]) => !common.has(name))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const more = [textOf('field'), facts.join(', ')].filter((part) => part !== '').join('; ');
  return new LedgerError(`${code}: ${says}${more === '' ? '' : ` (${more})`}`, code);
};
