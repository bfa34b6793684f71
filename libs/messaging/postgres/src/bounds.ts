/** Key, headers and value of one message together: twice what Kafka takes by default, so nothing that fits there fails here. */
export const messageBytesMax = 2 * 1024 * 1024;

/** Messages and bytes in one statement: a send of more takes several, one after the other. */
export const statementMessagesMax = 1_000;
export const statementBytesMax = 8 * 1024 * 1024;

/** Bytes of one batch that a group reads. */
export const batchBytesMax = 8 * 1024 * 1024;

/**
 * How often the end of a topic is asked for while a group waits there. Messages of the same process wake it at once; these
 * are for those of other processes, and come rarer while nothing happens.
 */
export const pollMsMin = 5;
export const pollMsMax = 200;

/** A send takes milliseconds; it waits for the sends of other processes. */
export const sendLockMsMax = 3_000;
export const sendStatementMsMax = 5_000;
/** Longer than the server's own limits: it fires only when the server cannot be heard. */
export const sendAnswerMsMax = 8_000;

/** As long as intake topics are kept in Kafka: a group may stand still over a long weekend and a week. */
export const retentionMsDefault = 14 * 24 * 3_600_000;
/** Deleted of a topic in one statement: it stays short beside those that send. */
export const trimMessagesMax = 5_000;
export const trimEveryMs = 600_000;
