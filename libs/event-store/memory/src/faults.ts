import type { Write } from '#event-sourcing';

/**
 * What shall happen to one append.
 * - overtaken: another writer's events are stored first
 * - conflict_without_tail: every write conflicts, and the tail must be read
 * - stored_but_unknown: stored, and nobody is told (UnknownOutcomeError)
 * - lost: not stored, and nobody is told
 * - stored_late: nobody is told, and it is stored when `release` is called, if the streams still stand where they stood
 * - unavailable: refused, nothing stored (StoreUnavailableError)
 * - broken: some other error, nothing stored
 */
export type AppendFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'overtaken'; readonly by: (writes: readonly Write[]) => readonly Write[] }
  | { readonly kind: 'conflict_without_tail' }
  | { readonly kind: 'stored_but_unknown' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'stored_late' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'broken' };

/** What goes wrong with a memory store, and when: entirely in the hands of the test. */
export type Faults = {
  /** The next appends meet these, one each, in this order. */
  readonly onAppend: (...faults: readonly AppendFault[]) => void;
  /** Stores what `stored_late` kept back, in order. */
  readonly release: () => void;
  /** An append that holds such a write fails as a whole, each time (undefined: none). */
  readonly poison: (isPoison: ((write: Write) => boolean) | undefined) => void;
  /** While true every call throws StoreUnavailableError. */
  readonly away: (isAway: boolean) => void;
  /** The next so many reads throw StoreUnavailableError. */
  readonly failReads: (count: number) => void;
  /** Appends wait until the returned function is called. */
  readonly holdAppends: () => () => void;
  /** Subscribers get nothing new until the returned function is called. */
  readonly holdDelivery: () => () => void;
  /** The next so many batches are delivered twice. */
  readonly duplicateDelivery: (count: number) => void;
};

/** A gate that is open, or held by somebody until he lets go. */
export type Gate = {
  readonly hold: () => () => void;
  readonly passed: () => Promise<void>;
  readonly isOpen: () => boolean;
};

export const createGate = (onOpened: () => void = () => undefined): Gate => {
  let closed: Promise<void> | undefined;
  return {
    hold: () => {
      let open: () => void = () => undefined;
      closed = new Promise((resolve) => (open = resolve));
      return () => {
        closed = undefined;
        open();
        onOpened();
      };
    },
    passed: async () => {
      while (closed !== undefined) await closed;
    },
    isOpen: () => closed === undefined,
  };
};
