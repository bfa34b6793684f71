import type { CallKind, Endpoint, Refusal } from '../types.js';

export type Role =
  | { readonly kind: 'leader' }
  | { readonly kind: 'follower'; readonly leader: Endpoint }
  /** `lastLeader`: where the leader was, which the node goes on telling. */
  | { readonly kind: 'leaderless'; readonly lastLeader: Endpoint };

/** What becomes of one append that is otherwise sound. */
export type AppendFault = 'land_late' | 'lose_answer';

type RefusalDue = { readonly refusal: Refusal; readonly call: CallKind };

/** The faults that were asked for and have not happened yet. */
export type FaultState = {
  readonly role: () => Role;
  readonly takeRole: (role: Role) => void;
  /** The leader that it told of so far stays what it tells. */
  readonly loseLeader: (self: Endpoint) => void;
  readonly scheduleAppendFault: (fault: AppendFault, times: number) => void;
  readonly scheduleRefusal: (due: RefusalDue, times: number) => void;
  /** Takes the next one off: a fault happens once for each time that it was asked for. */
  readonly nextAppendFault: () => AppendFault | undefined;
  readonly nextRefusal: (call: CallKind) => Refusal | undefined;
  /** The server's clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly moveClock: (millis: number) => void;
  readonly due: () => number;
  readonly clear: () => void;
};

export const createFaultState = (): FaultState => {
  let role: Role = { kind: 'leader' };
  let appendFaults: AppendFault[] = [];
  let refusals: RefusalDue[] = [];
  let aheadMillis = 0;
  return {
    role: () => role,
    takeRole: (taken) => void (role = taken),
    loseLeader: (self) =>
      void (role = { kind: 'leaderless', lastLeader: role.kind === 'follower' ? role.leader : self }),
    scheduleAppendFault: (fault, times) => void appendFaults.push(...Array<AppendFault>(times).fill(fault)),
    scheduleRefusal: (due, times) => void refusals.push(...Array<RefusalDue>(times).fill(due)),
    nextAppendFault: () => appendFaults.shift(),
    nextRefusal: (call) => {
      const due = refusals.find((one) => one.call === call);
      if (due !== undefined) refusals.splice(refusals.indexOf(due), 1);
      return due?.refusal;
    },
    now: () => Date.now() + aheadMillis,
    moveClock: (millis) => void (aheadMillis = millis),
    due: () => appendFaults.length + refusals.length,
    clear: () => {
      role = { kind: 'leader' };
      appendFaults = [];
      refusals = [];
      aheadMillis = 0;
    },
  };
};
