/** What the brokers call an error: the `type` of the error or of what caused it. */
export const typeOf = (error: unknown): string | undefined => {
  const { type, cause } = (error ?? {}) as { type?: unknown; cause?: unknown };
  if (typeof type === 'string') return type;
  return cause === undefined || cause === error ? undefined : typeOf(cause);
};

const tooLarge = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'];
export const isTooLarge = (error: unknown): boolean => tooLarge.includes(typeOf(error) ?? '');

const noTopic = ['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION'];
export const isNoTopic = (error: unknown): boolean => noTopic.includes(typeOf(error) ?? '');

/** The group has forgotten this member, or another one has its place: what it holds is given up. */
const expelled = ['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID'];
export const isExpelled = (error: unknown): boolean => expelled.includes(typeOf(error) ?? '');

export const isRebalancing = (error: unknown): boolean =>
  ['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP'].includes(typeOf(error) ?? '') || isExpelled(error);

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
