import type { ChannelPort, Hint } from '../port/channel-port.js';
import { headerOf, type Headers, isSame, saidIn, signatureOf } from './message.js';
import { isOfModule, type RowNamer, verifyModuleMessageWith } from './module-message.js';

/** How a shop signs and writes messages of its own. */
export type OwnMessages = {
  /** The header with the base64 of HMAC-SHA256 over the body as it came. In small letters. */
  readonly signature: string;
  /** How a row is named that a message of our module is about; left out: it is not. */
  readonly rowOf?: RowNamer;
  /** Orders that a message may have changed, by what it says as JSON; undefined: it says nothing. */
  readonly hintsIn: (said: unknown, headers: Headers) => readonly Hint[];
};

/**
 * Reads a message of our module in the shop, or one of the shop's own. Nothing in the latter is dated: the same again causes one
 * more reading and nothing else. Without a secret nothing is believed.
 */
export const verifyMessagesBy =
  ({ signature, rowOf, hintsIn }: OwnMessages) =>
  (secret: string | undefined): ChannelPort<never>['verifyWebhook'] =>
  (body, headers, nowMillis) => {
    if (isOfModule(headers)) return verifyModuleMessageWith(secret, rowOf)(body, headers, nowMillis);
    if (secret === undefined || secret === '') return undefined;
    const isSigned = isSame(signatureOf(secret, 'base64', body), headerOf(headers, signature));
    return isSigned ? hintsIn(saidIn(body), headers) : undefined;
  };
