import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import { NO_STREAM, type Revision } from '#event-sourcing';
import { messageBytesMax } from '../bounds.js';
import type { ProposedRecord, StoredRecord } from '../encoding.js';
import { type BatchAppendReq, type RecordedMessage, shared, streams } from './protocol.js';

export type AppendRequest = {
  readonly stream: string;
  readonly expectedRevision: Revision;
  readonly records: readonly ProposedRecord[];
};

export const streamIdentifier = (stream: string) => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  return identifier;
};

const uuidOf = (text: string) => {
  const uuid = new shared.UUID();
  uuid.setString(text);
  return uuid;
};

/**
 * One append in one message, or in several where it is larger than a message may be. It names no deadline: these messages can
 * say only a moment, which the server holds against its own clock, and where that is ahead nothing would ever be stored. The
 * server's own time for a write is shorter than ours, and whoever waits here gives up by himself.
 */
export const appendMessages = (
  id: string,
  { stream, expectedRevision, records }: AppendRequest,
): readonly BatchAppendReq[] => {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(streamIdentifier(stream));
  if (expectedRevision === NO_STREAM) options.setNoStream(new emptyMessages.Empty());
  else options.setStreamPosition(String(expectedRevision));
  const pieces = piecesOf(records);
  return pieces.map((piece, index) => {
    const message = new streams.BatchAppendReq();
    message.setCorrelationId(uuidOf(id));
    if (index === 0) message.setOptions(options);
    message.setProposedMessagesList(piece.map(proposedMessage));
    message.setIsFinal(index === pieces.length - 1);
    return message;
  });
};

const piecesOf = (records: readonly ProposedRecord[]): readonly (readonly ProposedRecord[])[] => {
  const pieces: ProposedRecord[][] = [[]];
  let bytes = 0;
  for (const record of records) {
    const size = record.data.length + record.metadata.length;
    if (bytes > 0 && bytes + size > messageBytesMax) {
      pieces.push([]);
      bytes = 0;
    }
    bytes += size;
    pieces.at(-1)?.push(record);
  }
  return pieces;
};

const proposedMessage = ({ id, type, data, metadata }: ProposedRecord) => {
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(uuidOf(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  message.setData(data);
  message.setCustomMetadata(metadata);
  return message;
};

/** The event itself, with its own place in the log. */
export const storedRecordOf = (message: RecordedMessage): StoredRecord => ({
  id: uuidTextOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
  stream: Buffer.from(message.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'),
  revision: message.getStreamRevision(),
  position: { commit: message.getCommitPosition(), prepare: message.getPreparePosition() },
});

/** Servers answer ids as text when asked for it, and correlation ids as two halves all the same. */
export const uuidTextOf = (uuid: InstanceType<typeof shared.UUID> | undefined): string => {
  const halves = uuid?.getStructured();
  if (halves === undefined) return uuid?.getString().toLowerCase() ?? '';
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()].map(hexOf).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const hexOf = (signed: string): string => BigInt.asUintN(64, BigInt(signed)).toString(16).padStart(16, '0');
