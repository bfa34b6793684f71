/** Enough for a day of a test's marketplace; the oldest go first. */
const entriesMax = 100_000;

export type BoundedLog<Entry> = {
  readonly all: () => readonly Entry[];
  readonly add: (entry: Entry) => void;
  readonly clear: () => void;
};

export const createBoundedLog = <Entry>(): BoundedLog<Entry> => {
  const entries: Entry[] = [];
  return {
    all: () => [...entries],
    add: (entry) => {
      if (entries.length >= entriesMax) entries.splice(0, entriesMax / 10);
      entries.push(entry);
    },
    clear: () => void entries.splice(0),
  };
};
