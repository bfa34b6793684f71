import type { handleUnaryCall } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import type { Node } from '../node/node.js';
import type { Endpoint } from '../types.js';
import { gossip, shared } from './messages.js';

const { LEADER, FOLLOWER, UNKNOWN } = gossip.MemberInfo.VNodeState;

type State = gossip.MemberInfo.VNodeState;

/** Gossip: who is in the cluster, and which of them leads. The client asks it when its URL names more than one node. */
export const gossipHandler = (node: Node): handleUnaryCall<shared.Empty, gossip.ClusterInfo> => {
  const instanceId = randomUUID();
  return (_call, answer) => {
    const info = new gossip.ClusterInfo();
    info.setMembersList(membersOf(node).map(([endpoint, state]) => memberOf(endpoint, state, instanceId)));
    answer(null, info);
  };
};

const membersOf = ({ faults, self }: Node): readonly (readonly [Endpoint, State])[] => {
  const role = faults.role();
  switch (role.kind) {
    case 'leader':
      return [[self(), LEADER]];
    case 'follower':
      return [
        [self(), FOLLOWER],
        [role.leader, LEADER],
      ];
    case 'leaderless':
      return [[self(), UNKNOWN]];
  }
};

const memberOf = ({ host, port }: Endpoint, state: State, instanceId: string): gossip.MemberInfo =>
  new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(instanceId))
    .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
    .setState(state)
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
