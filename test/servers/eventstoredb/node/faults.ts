import type { CallKind, Endpoint, Faults, Refusal } from '../types.js';
import type { AppendFault, FaultState } from './fault-state.js';
import type { Front } from './front.js';

/** Asks for one of the node's costs. */
export type CostCount = 'count_reads' | 'count_given' | 'count_appends';

/** A fault as it travels to the node, in this process or another. */
export type FaultCommand =
  | { readonly kind: 'silence' | 'lose_leader' | 'heal' | 'count' | CostCount }
  | { readonly kind: 'follow'; readonly leader: Endpoint }
  | { readonly kind: 'move_clock'; readonly millis: number }
  | { readonly kind: 'append_fault'; readonly fault: AppendFault; readonly times: number }
  | { readonly kind: 'refuse'; readonly refusal: Refusal; readonly call: CallKind; readonly times: number };

/** `send` gives back how many faults are due. */
export const faultsOf = (send: (command: FaultCommand) => Promise<number>): Faults => {
  const tell = async (command: FaultCommand): Promise<void> => {
    await send(command);
  };
  return {
    silence: () => tell({ kind: 'silence' }),
    follow: (leader) => tell({ kind: 'follow', leader }),
    loseLeader: () => tell({ kind: 'lose_leader' }),
    moveClock: (millis) => tell({ kind: 'move_clock', millis }),
    landLate: (times = 1) => tell({ kind: 'append_fault', fault: 'land_late', times }),
    loseAnswer: (times = 1) => tell({ kind: 'append_fault', fault: 'lose_answer', times }),
    refuse: (refusal, call, times = 1) => tell({ kind: 'refuse', refusal, call, times }),
    due: () => send({ kind: 'count' }),
    heal: () => tell({ kind: 'heal' }),
  };
};

export const obey = (command: FaultCommand, state: FaultState, front: Front, self: Endpoint): void => {
  switch (command.kind) {
    case 'silence':
      return front.hold();
    case 'follow':
      return state.takeRole({ kind: 'follower', leader: command.leader });
    case 'move_clock':
      return state.moveClock(command.millis);
    case 'lose_leader':
      return state.loseLeader(self);
    case 'append_fault':
      return state.scheduleAppendFault(command.fault, command.times);
    case 'refuse':
      return state.scheduleRefusal(command, command.times);
    case 'count':
    case 'count_reads':
    case 'count_given':
    case 'count_appends':
      return;
    case 'heal':
      state.clear();
      return front.release();
  }
};
