/** All tails of one answer together: two processes that race on a hot stream miss some hundred events. */
export const tailEventsMax = 2_000;
export const tailBytesMax = 8 * 1024 * 1024;

/** Events of one stream in one read, when the reader names no other number. */
export const readEventsDefault = 1_000;

/** Events and bytes of text in one batch of a subscription. Larger batches were no faster. */
export const batchEventsDefault = 1_000;
export const batchEventsMax = 5_000;
export const batchBytesMax = 16 * 1024 * 1024;

/**
 * What this process appended last, kept for its own subscribers: about a second at full speed. Whoever lags more reads
 * from the database.
 */
export const recentEventsMax = 16_000;
export const recentBytesMax = 24 * 1024 * 1024;

/** How often the end of the log is asked for while somebody waits for events of other processes. */
export const pollMsMin = 5;
export const pollMsMax = 50;

/** An append takes milliseconds; it waits for the appends of other processes. */
export const appendLockMsMax = 3_000;
export const appendStatementMsMax = 5_000;
/** Longer than the server's own limits: it fires only when the server cannot be heard. */
export const appendAnswerMsMax = 8_000;
