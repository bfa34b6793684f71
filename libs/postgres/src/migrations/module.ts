/**
 * A part of the code that owns tables. Its migrations lie in one folder as `0001_what_it_does.sql`, `0002_...`: applied
 * once, in order, never changed afterwards, never undone.
 */
export type Module = {
  /** `ledger`, `read`: the name in the table of what is applied. */
  readonly name: string;
  readonly migrations: URL;
  /** Schemas of the module in which the service may read and write rows, those of later migrations included. */
  readonly serviceWrites?: readonly string[];
  /**
   * A file of GRANTs beyond those, run after every migration: write `:service` for the role. Each statement must bear
   * being run again.
   */
  readonly grants?: URL;
};
