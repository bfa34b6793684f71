import { type CommonFailureKind, type HttpFailure } from './failure.js';

/** What is left of an answer that is no success and that says nothing in the shop's own words. */
export type ServerAnswer = {
  readonly status: number;
  readonly location: string | undefined;
  readonly retryAfter?: string | undefined;
};

type Reading = Pick<HttpFailure, 'sentence' | 'applied'> & { readonly kind: CommonFailureKind };

const redirected = (location = ''): Reading => ({
  kind: 'redirected',
  sentence: `The shop sends us to ${location === '' ? 'another address' : location}, and the key is not carried there: configure the final https address of the shop, and only shops that exist in it.`,
  applied: 'no',
});

const byStatus = (status: number): Reading => {
  switch (status) {
    case 429:
      return {
        kind: 'throttled',
        sentence: 'A server before the shop limits our requests: lower the pace, or let this address pass.',
        applied: 'no',
      };
    case 503:
      return { kind: 'unavailable', sentence: 'The shop is in maintenance or overloaded.', applied: 'unknown' };
    case 502:
    case 504:
      return {
        kind: 'unavailable',
        sentence: 'A proxy before the shop got no answer from PHP in its time.',
        applied: 'unknown',
      };
    default:
      return status >= 500
        ? { kind: 'server_error', sentence: 'PHP failed in the shop: look into its error log.', applied: 'unknown' }
        : { kind: 'blocked', sentence: `A server before the shop answers with status ${status}.`, applied: 'no' };
  }
};

/** Nobody is left alone for longer than this because a header says so. */
const retryAfterSecondsMax = 3_600;

const retryAfterMillisOf = (retryAfter = ''): number | undefined =>
  /^\d{1,6}$/u.test(retryAfter) ? Math.min(Number(retryAfter), retryAfterSecondsMax) * 1_000 : undefined;

/** What an answer means that any server gives, a shop or what stands before it. */
export const failureOfServer = ({ status, location, retryAfter }: ServerAnswer): HttpFailure => {
  const retryAfterMillis = retryAfterMillisOf(retryAfter);
  return {
    ...(status >= 300 && status < 400 ? redirected(location) : byStatus(status)),
    status,
    ...(retryAfterMillis !== undefined && { retryAfterMillis }),
  };
};

/**
 * What a refusal means in which the shop has not said a word: a server before it refused. Undefined: this status says nothing of
 * that.
 *
 * @param path of the interface, which has to be let pass
 */
export const refusedBefore = (status: number, path: string): Reading | undefined => {
  switch (status) {
    case 400:
    case 413:
      return byStatus(status);
    case 401: {
      const sentence = `The key did not reach the shop: the site has a password of its own (let ${path} pass), or its server keeps the Authorization header from PHP (CGIPassAuth On, or SetEnvIf).`;
      return { kind: 'key', sentence, applied: 'no' };
    }
    case 403: {
      const sentence = `A firewall or proxy before the shop refuses the request: let ${path} pass.`;
      return { kind: 'blocked', sentence, applied: 'no' };
    }
    case 405: {
      const sentence = `A server before the shop refuses the method: allow GET, POST, PUT and PATCH for ${path}.`;
      return { kind: 'blocked', sentence, applied: 'no' };
    }
    default:
      return undefined;
  }
};
