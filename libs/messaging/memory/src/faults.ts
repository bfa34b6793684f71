import { SendUnavailableError } from '#messaging';

/**
 * What shall happen to one send.
 * - lost: nothing is stored, and nobody is told
 * - stored_but_unknown: all of it is stored, and nobody is told
 */
export type SendFault = 'none' | 'lost' | 'stored_but_unknown';

/** What goes wrong with a memory broker, and when: entirely in the hands of the test. */
export type BrokerFaults = {
  /** The next sends meet these, one each, in this order. */
  readonly onSend: (...faults: readonly SendFault[]) => void;
  /** While true nothing can be sent or read. */
  readonly away: (isAway: boolean) => void;
};

export type Trouble = {
  readonly faults: BrokerFaults;
  /** @throws SendUnavailableError */
  readonly assertThere: () => void;
  /** @throws SendUnavailableError before or after it is stored */
  readonly send: (store: () => void) => void;
};

export const createTrouble = (): Trouble => {
  const planned: SendFault[] = [];
  let away = false;
  const assertThere = (): void => {
    if (away) throw new SendUnavailableError('the broker is away');
  };
  return {
    faults: { onSend: (...faults) => void planned.push(...faults), away: (isAway) => void (away = isAway) },
    assertThere,
    send: (store) => {
      assertThere();
      const fault = planned.shift() ?? 'none';
      if (fault !== 'lost') store();
      if (fault !== 'none') throw new SendUnavailableError(`the answer stayed out (${fault})`);
    },
  };
};
