import { type HttpFailure } from './failure.js';

const codesOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [error.name, ...code, ...codesOf(error.cause)];
};

/** Node's codes for a certificate that it does not trust, is out of date or belongs to another name. */
const ofCertificate = /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERR_TLS_CERT_)/u;

/** Before a connection stood, so that nothing can have arrived. */
const beforeConnection = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Our own end of it, the deadline's or the caller's. */
export const givenUp: HttpFailure = {
  kind: 'timeout',
  sentence: 'The shop did not answer in time. It may still be at work on the request.',
  applied: 'unknown',
};

const cutShort = ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'HPE_INVALID_EOF_STATE'];

/** What it means that no whole answer came. `hasAnswer`: its head had come already. */
export const failureOfConnection = (error: unknown, hasAnswer: boolean): HttpFailure => {
  const codes = codesOf(error);
  const has = (names: readonly string[]): boolean => codes.some((code) => names.includes(code));
  const certificate = codes.find((code) => ofCertificate.test(code));
  if (certificate !== undefined) {
    const sentence = `The certificate of the shop is not to be trusted (${certificate}): renew it, or configure the authority that signed it.`;
    return { kind: 'certificate', sentence, applied: 'no' };
  }
  if (has(beforeConnection)) {
    const sentence = `Nobody answers at the shop's address (${codes.join(', ')}): check name, port and firewall.`;
    return { kind: 'unreachable', sentence, applied: 'no' };
  }
  if (hasAnswer || has(cutShort)) return truncated;
  const sentence = `The connection broke before the answer (${codes.join(', ')}).`;
  return { kind: 'interrupted', sentence, applied: 'unknown' };
};

export const truncated: HttpFailure = {
  kind: 'truncated',
  sentence: 'The answer ended in the middle: PHP ran into a limit of memory or time, or a proxy cut it.',
  applied: 'unknown',
};
