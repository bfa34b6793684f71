/** Bounds of what is kept of channels. */
export const recordLimits = {
  /** Entries or findings of one statement. */
  batchRowsMax: 1_000,
  /** What was sent or read is cut beyond this: some orders of fifty lines. */
  payloadBytesMax: 8_192,
  payloadDaysMax: 30,
  rowDaysMax: 400,
  /** Ids and codes of shops are cut beyond this: a row of an index holds 2,700 bytes, and one has seven of them. */
  idCharactersMax: 100,
  /** What is said to a person. */
  detailCharactersMax: 500,
  /** Rows that one call of the upkeep deletes of a table, so that its statement stays short beside those of workers. */
  trimRowsMax: 5_000,
} as const;
