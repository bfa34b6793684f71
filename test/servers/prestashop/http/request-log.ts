/** Enough for an hour of heavy traffic; the oldest go first. */
const requestsMax = 100_000;

export type RequestRecord = {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  /** Of the webservice; empty for its root and for pages. */
  readonly resource: string;
  /** 0 where nothing was answered. */
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly durationMs: number;
  readonly rowsWritten: number;
};

export type RequestLog = {
  readonly all: () => readonly RequestRecord[];
  readonly count: () => number;
  readonly totalMs: () => number;
  readonly rowsWritten: () => number;
  readonly clear: () => void;
};

export const createRequestLog = (): RequestLog & { readonly add: (record: RequestRecord) => void } => {
  const records: RequestRecord[] = [];
  let count = 0;
  let totalMs = 0;
  let rowsWritten = 0;
  return {
    all: () => [...records],
    count: () => count,
    totalMs: () => totalMs,
    rowsWritten: () => rowsWritten,
    clear: () => {
      records.splice(0);
      count = 0;
      totalMs = 0;
      rowsWritten = 0;
    },
    add: (record) => {
      if (records.length >= requestsMax) records.splice(0, requestsMax / 10);
      records.push(record);
      count += 1;
      totalMs += record.durationMs;
      rowsWritten += record.rowsWritten;
    },
  };
};
