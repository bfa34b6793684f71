import { decodeCloudEvent, type CloudEvent, type IncomingMessage } from '#messaging';
import { parseStrictJson, ProblemError } from '#platform';
import { badCode } from '#policies';
import type { Asker } from '../composition/asker.js';

/** A message as far as all kinds of them are alike. */
export type Envelope = { readonly event: CloudEvent; readonly asker: Asker; readonly body: unknown };

/** Bodies as large as those of HTTP. */
const bodyBytesMax = 1_048_576;
/** A correlation id is no longer. */
const correlationCharsMax = 64;

const malformed = (detail: string, field?: string): ProblemError =>
  new ProblemError('malformed_message', { detail, ...(field !== undefined && { field }) });

/**
 * The CloudEvent of a message, on whose behalf it comes and its strict JSON body. `ce_source` is the connection: whoever
 * may write to the topic speaks for it.
 *
 * @throws ProblemError `malformed_message`, or as a body of HTTP is refused
 */
export const readEnvelope = (topic: string, message: IncomingMessage): Envelope => {
  const decoded = decodeCloudEvent(message.headers);
  if (decoded.kind === 'refused')
    throw malformed(`${decoded.refusal.header} ${decoded.refusal.detail}`, decoded.refusal.header);
  const { event } = decoded;
  if (event.type !== topic) throw malformed(`type must be ${topic}`, 'ce_type');
  if (badCode(event.source) !== undefined)
    throw malformed('source must be the code of a connection: [a-z0-9_]{1,32}', 'ce_source');
  if (message.value === undefined) throw new ProblemError('body_missing');
  if (message.value.length > bodyBytesMax)
    throw new ProblemError('body_too_large', { detail: `A message has at most ${bodyBytesMax} bytes` });
  return { event, asker: askerOf(event), body: parseStrictJson(Buffer.from(message.value)) };
};

/** Facts and snapshots are guarded by their own keys and versions; the event's id leads from the message to its events. */
const askerOf = ({ id, source }: CloudEvent): Asker => ({
  connection: source,
  actor: 'message',
  correlationId: shortened(id),
});

/** A pair that stands across the bound goes whole: nothing of an event can be sealed with half a character in it. */
const shortened = (id: string): string => id.slice(0, correlationCharsMax).replace(/\p{Surrogate}$/u, '');
