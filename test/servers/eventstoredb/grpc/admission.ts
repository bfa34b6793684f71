import type { Metadata } from '@grpc/grpc-js';
import type { Node } from '../node/node.js';
import type { Caller } from '../node/users.js';
import type { CallKind } from '../types.js';
import { asRefused, notLeader, notReady, unauthenticated, type CallError } from './refusals.js';

export type Admission =
  { readonly kind: 'admitted'; readonly caller: Caller } | { readonly kind: 'turned_away'; readonly error: CallError };

const turnedAway = (error: CallError): Admission => ({ kind: 'turned_away', error });

/** What stands before a call that it is looked at: the password, a fault that was asked for, the node's role. */
export const admit = (
  node: Node,
  metadata: Metadata,
  call: CallKind,
  { heedsLeader } = { heedsLeader: true },
): Admission => {
  if (!node.isRunning()) return turnedAway(notReady());
  const caller = node.users.callerOf(metadata.get('authorization')[0]?.toString());
  if (caller === undefined) return turnedAway(unauthenticated());
  const refusal = node.faults.nextRefusal(call);
  if (refusal !== undefined) return turnedAway(asRefused(refusal));
  const error = errorOfRole(node, call, heedsLeader && metadata.get('requires-leader')[0] === 'true');
  return error === undefined ? { kind: 'admitted', caller } : turnedAway(error);
};

const errorOfRole = ({ faults }: Node, call: CallKind, requiresLeader: boolean): CallError | undefined => {
  const role = faults.role();
  const reads = call === 'read' || call === 'subscribe';
  switch (role.kind) {
    case 'leader':
      return undefined;
    case 'follower':
      return requiresLeader ? notLeader(role.leader) : undefined;
    case 'leaderless':
      if (!reads) return notReady();
      return requiresLeader ? notLeader(role.lastLeader) : undefined;
  }
};
