/** Every bound of the lanes. Nothing in them grows without one. */
export type Bounds = {
  /** Commands that wait in one lane; a further one is `busy`. */
  readonly queuedCommandsPerLaneMax: number;
  /** Commands that have been taken and not answered, in the whole process. */
  readonly openCommandsMax: number;
  /** What `busy` advises, up to twice that: spread, so that the refused do not come back all at once. */
  readonly busyRetryMillis: number;

  /** Of one stream in one append. A single command's own events always go, alone if need be, up to `commandUnitsMax`. */
  readonly commandsPerStreamMax: number;
  readonly eventsPerStreamMax: number;
  /** Length of the canonical texts, in UTF-16 units: 1 MiB where the text is ASCII. */
  readonly unitsPerStreamMax: number;
  /** Canonical text of one command's events: more is a bug of the decider. */
  readonly commandUnitsMax: number;
  /** How often one command may ask for events to be appended first. */
  readonly preparationsMax: number;

  /** Of one append over all streams: decided in one go, so they bound how long the event loop is taken. */
  readonly streamsPerAppendMax: number;
  readonly eventsPerAppendMax: number;
  readonly unitsPerAppendMax: number;
  /** So many waiting commands are decided while an append is in the air; twice as many are shared between two appends. */
  readonly aheadCommandsMin: number;

  /** Streams that are loaded at a time, and the events of each read at once. */
  readonly loadedStreamsMax: number;
  readonly readEventsMax: number;
  /** Ids and keys in one question to the index. */
  readonly askedKeysMax: number;

  /** States kept in memory. */
  readonly cachedStatesMax: number;
  /** Command ids, facts and order lines remembered in the whole process: 200 bytes an id, 500 a fact or line (measured). */
  readonly rememberedKeysMax: number;
  /** Command ids remembered of one stream. */
  readonly rememberedIdsPerStreamMax: number;

  /** A snapshot is due after so many events of a stream, and saved in rounds with a pause between them. */
  readonly eventsPerSnapshot: number;
  readonly snapshotsPerRoundMax: number;
  readonly snapshotPauseMillis: number;

  /** Waits after failures: doubled each time, from the first to the longest, with jitter. */
  readonly backoffMillisMin: number;
  readonly backoffMillisMax: number;
  /** The longest rest of a lane that loses its appends to other writers again and again. */
  readonly conflictRestMillisMax: number;
};

const mebi = 1_048_576;

export const defaultBounds: Bounds = {
  queuedCommandsPerLaneMax: 5_000,
  openCommandsMax: 20_000,
  busyRetryMillis: 250,

  commandsPerStreamMax: 500,
  eventsPerStreamMax: 1_000,
  unitsPerStreamMax: mebi,
  commandUnitsMax: 16 * mebi,
  preparationsMax: 100,

  streamsPerAppendMax: 1_000,
  eventsPerAppendMax: 2_000,
  unitsPerAppendMax: 8 * mebi,
  aheadCommandsMin: 16,

  loadedStreamsMax: 500,
  readEventsMax: 1_000,
  askedKeysMax: 5_000,

  cachedStatesMax: 20_000,
  rememberedKeysMax: 500_000,
  rememberedIdsPerStreamMax: 65_536,

  eventsPerSnapshot: 1_000,
  snapshotsPerRoundMax: 50,
  snapshotPauseMillis: 1_000,

  backoffMillisMin: 5,
  backoffMillisMax: 500,
  conflictRestMillisMax: 50,
};
