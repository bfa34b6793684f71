import type { ProposedEvent } from '../log/record.js';
import type { shared } from './messages.js';

/** The part that the proposed messages of both append calls have in common. */
type Message = {
  readonly getId: () => InstanceType<typeof shared.UUID> | undefined;
  readonly getMetadataMap: () => { readonly get: (key: string) => string | undefined };
  readonly getCustomMetadata_asU8: () => Uint8Array;
  readonly getData_asU8: () => Uint8Array;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** An event as the log takes it; undefined when its id is no UUID. */
export const proposedIn = (message: Message): ProposedEvent | undefined => {
  const id = textOf(message.getId());
  if (!uuid.test(id)) return undefined;
  return {
    id: id.toLowerCase(),
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

/** A UUID comes as text or as two numbers of 64 bits. */
export const textOf = (id: InstanceType<typeof shared.UUID> | undefined): string => {
  const halves = id?.getStructured();
  if (halves === undefined) return id?.getString() ?? '';
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
};

export const nameIn = (identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();
