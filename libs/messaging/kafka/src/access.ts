import type { KafkaConnection } from './connection.js';
import { messageOf, typeOf } from './errors.js';

/** The brokers do not let us in as we come, and will not until somebody changes how, here or there. */
export class KafkaAccessError extends Error {
  override readonly name = 'KafkaAccessError';
}

/** The error as a sentence to act on, where the way to the brokers is wrong; any other error as it is. */
export const withAdvice = (error: unknown, connection: Pick<KafkaConnection, 'ssl' | 'sasl'>): unknown => {
  const advice = adviceOf(error, connection);
  return advice === undefined ? error : new KafkaAccessError(`${advice} (${messageOf(error)})`, { cause: error });
};

/** What Node says of a certificate that nobody whom it trusts has signed. */
const untrusted = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
];

const adviceOf = (error: unknown, { ssl, sasl }: Pick<KafkaConnection, 'ssl' | 'sasl'>): string | undefined => {
  const { name, code } = rootOf(error);
  const type = typeOf(error);
  if (name === 'KafkaJSSASLAuthenticationError') return 'The brokers do not accept the user or its password';
  if (type === 'UNSUPPORTED_SASL_MECHANISM') return 'The brokers do not know the mechanism that the user comes by';
  if (type === 'ILLEGAL_SASL_STATE') return 'The brokers ask for no user at this listener';
  if (untrusted.includes(code))
    return 'The certificate of the brokers is not trusted: name the authority that signed it';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'The certificate of the brokers is of another host';
  if (code === 'CERT_HAS_EXPIRED') return 'The certificate of the brokers has expired';
  if (messageOf(error).includes('before secure TLS connection')) return 'The brokers speak no TLS at this listener';
  if (name !== 'KafkaJSConnectionClosedError' || (ssl !== undefined && sasl !== undefined)) return undefined;
  return `The brokers close the connection: they go down, or expect ${ssl === undefined ? 'TLS' : 'a user'}`;
};

type Root = { readonly name: string; readonly code: string };

/** The client wraps what happened in the error of its last retry. */
const rootOf = (error: unknown): Root => {
  const { name, code, cause } = (error ?? {}) as { name?: unknown; code?: unknown; cause?: unknown };
  if (cause !== undefined && cause !== error) return rootOf(cause);
  return { name: String(name), code: String(code) };
};
