import type { handleUnaryCall, Metadata } from '@grpc/grpc-js';
import type { AppendOutcome, Removal } from '../log/event-log.js';
import type { Node } from '../node/node.js';
import { admit } from './admission.js';
import { streams } from './messages.js';
import { nameIn } from './proposed.js';
import { accessDenied, streamDeleted, thrownByHandler, wrongRevision, type CallError } from './refusals.js';
import { expectedIn } from './revisions.js';

type Options = streams.DeleteReq.Options | streams.TombstoneReq.Options;
type Outcome = { readonly position: string } | { readonly error: CallError };

/** Delete: what stands goes out of sight. */
export const deleteHandler =
  (node: Node): handleUnaryCall<streams.DeleteReq, streams.DeleteResp> =>
  ({ request, metadata }, answer) => {
    const outcome = removed(node, metadata, request.getOptions(), node.log.remove);
    if ('error' in outcome) return answer(outcome.error);
    const position = new streams.DeleteResp.Position();
    position.setCommitPosition(outcome.position).setPreparePosition(outcome.position);
    node.log.onceDurable(() => answer(null, new streams.DeleteResp().setPosition(position)));
  };

/** Tombstone: the stream's name is used up. */
export const tombstoneHandler =
  (node: Node): handleUnaryCall<streams.TombstoneReq, streams.TombstoneResp> =>
  ({ request, metadata }, answer) => {
    const outcome = removed(node, metadata, request.getOptions(), node.log.tombstone);
    if ('error' in outcome) return answer(outcome.error);
    const position = new streams.TombstoneResp.Position();
    position.setCommitPosition(outcome.position).setPreparePosition(outcome.position);
    node.log.onceDurable(() => answer(null, new streams.TombstoneResp().setPosition(position)));
  };

const removed = (
  node: Node,
  metadata: Metadata,
  options: Options | undefined,
  remove: (removal: Removal) => AppendOutcome,
): Outcome => {
  const admission = admit(node, metadata, 'delete');
  if (admission.kind === 'turned_away') return { error: admission.error };
  if (options === undefined) return { error: thrownByHandler() };
  const removal = {
    stream: nameIn(options.getStreamIdentifier()),
    expected: expectedIn(options, () => options.getRevision()),
  };
  if (!node.users.mayWrite(admission.caller, removal.stream)) return { error: accessDenied() };
  return outcomeOf(removal, remove(removal));
};

const outcomeOf = ({ stream, expected }: Removal, outcome: AppendOutcome): Outcome => {
  switch (outcome.kind) {
    case 'appended':
      return { position: (outcome.position ?? 0n).toString() };
    case 'wrong_revision':
      return { error: wrongRevision(stream, expected, outcome.actual) };
    case 'deleted':
      return { error: streamDeleted(stream) };
    case 'too_large':
      return { error: thrownByHandler() };
  }
};
