import type { CallKind, Endpoint, Faults, Refusal } from '../types.js';
import type { AppendFault, FaultState } from './fault-state.js';
import type { Front } from './front.js';

/** A fault as it travels to the node, in this process or another. */
export type FaultCommand =
  | { readonly kind: 'silence' | 'lose_leader' | 'heal' }
  | { readonly kind: 'follow'; readonly leader: Endpoint }
  | { readonly kind: 'append_fault'; readonly fault: AppendFault; readonly times: number }
  | { readonly kind: 'refuse'; readonly refusal: Refusal; readonly call: CallKind; readonly times: number };

export const faultsOf = (send: (command: FaultCommand) => Promise<void>): Faults => ({
  silence: () => send({ kind: 'silence' }),
  follow: (leader) => send({ kind: 'follow', leader }),
  loseLeader: () => send({ kind: 'lose_leader' }),
  landLate: (times = 1) => send({ kind: 'append_fault', fault: 'land_late', times }),
  loseAnswer: (times = 1) => send({ kind: 'append_fault', fault: 'lose_answer', times }),
  refuse: (refusal, call, times = 1) => send({ kind: 'refuse', refusal, call, times }),
  heal: () => send({ kind: 'heal' }),
});

export const obey = (command: FaultCommand, state: FaultState, front: Front, self: Endpoint): void => {
  switch (command.kind) {
    case 'silence':
      return front.hold();
    case 'follow':
      return state.takeRole({ kind: 'follower', leader: command.leader });
    case 'lose_leader':
      return state.loseLeader(self);
    case 'append_fault':
      return state.scheduleAppendFault(command.fault, command.times);
    case 'refuse':
      return state.scheduleRefusal(command, command.times);
    case 'heal':
      state.clear();
      return front.release();
  }
};
