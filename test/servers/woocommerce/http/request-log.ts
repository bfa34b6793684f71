/** Enough for an hour of heavy traffic; the oldest go first. */
const requestsMax = 100_000;

export type RequestRecord = {
  readonly method: string;
  readonly path: string;
  /** 0 where nothing was answered. */
  readonly status: number;
  readonly durationMs: number;
};

export type RequestLog = { readonly all: () => readonly RequestRecord[]; readonly clear: () => void };

export const createRequestLog = (): RequestLog & { readonly add: (record: RequestRecord) => void } => {
  const records: RequestRecord[] = [];
  return {
    all: () => [...records],
    clear: () => void records.splice(0),
    add: (record) => {
      if (records.length >= requestsMax) records.splice(0, requestsMax / 10);
      records.push(record);
    },
  };
};
