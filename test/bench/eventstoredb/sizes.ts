import type { EventStore, Write } from '#event-sourcing';

/** What went into appends: so many to streams, of so many events, of so many bytes of text in all. */
export type Sizes = { appends: number; events: number; bytes: number };

export type Measured<Store> = { readonly store: Store; readonly sizes: Sizes };

/** The store, and what it has been given since `sizes` was set to 0. */
export const measured = <Store extends EventStore>(inner: Store): Measured<Store> => {
  const sizes: Sizes = { appends: 0, events: 0, bytes: 0 };
  const append = (writes: readonly Write[]) => {
    for (const { events } of writes) {
      sizes.appends += 1;
      sizes.events += events.length;
      for (const { canonical } of events) sizes.bytes += canonical.length;
    }
    return inner.append(writes);
  };
  return { store: { ...inner, append }, sizes };
};

/** An append of the mean size. */
export const meanOf = ({ appends, events, bytes }: Sizes): { readonly events: number; readonly bytesEach: number } => ({
  events: Math.max(1, Math.round(events / Math.max(1, appends))),
  bytesEach: Math.max(1, Math.round(bytes / Math.max(1, events))),
});
