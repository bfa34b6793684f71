/** Appends and reads of this process that the server has not answered: what waits in memory is so many times 1 MiB. */
export const appendsUnderWayMax = 256;
export const readsUnderWayMax = 64;

/** What the server takes in one append unless it is told otherwise (`--max-append-size`). */
export const appendBytesMax = 1_048_576;

/** All of a tail that goes with a conflict: two processes that race on a hot stream miss some hundred events. */
export const tailEventsMax = 2_000;
export const tailBytesMax = 8 * 1024 * 1024;

/** Events of one stream in one read, when the reader names no other number. */
export const readEventsDefault = 1_000;

/** Events and bytes of text in one batch of a subscription. */
export const batchEventsDefault = 1_000;
export const batchEventsMax = 5_000;
export const batchBytesMax = 16 * 1024 * 1024;

/** A server that can serve answers its first question in milliseconds; a cluster may be choosing a leader. */
export const connectMsMax = 3_000;

/** How long one node of a cluster may take to say who leads, before the next one is asked. In whole seconds only. */
export const gossipSecondsMax = 1;

/** Between one message and the next of a read, and before an append is given up. An election takes some three seconds. */
export const answerMsMax = 5_000;

/**
 * Records that the server looks through at a time for a filtered subscription, and after how many such windows it tells how
 * far it has come. Live, each foreign event counts as a window: with 1 it told as often as there were foreign events.
 */
export const searchWindowRecords = 500;
export const checkpointWindows = 500;

/**
 * How often a subscription to some streams, when nothing comes, asks where the log ends: how long a wait for a position
 * that stands in another stream takes at most. A question takes about a millisecond.
 */
export const quietPollMs = 250;

/** Subscriptions that ask for the log's end in the same moment share one question. */
export const headAgeMsMax = 125;

/** Of one message to the server; an append of more goes in several. */
export const messageBytesMax = 3 * 1024 * 1024;

/** The largest message read: what other protocols and projections may have written. */
export const receivedBytesMax = 17 * 1024 * 1024;

/** What notices a server that has gone silent without closing the connection. Shorter ones are advised against. */
export const keepAliveIntervalMs = 10_000;
export const keepAliveTimeoutMs = 10_000;
