/** What others tell the ledger by message, and where each of it comes in. */
export const intakeTopics = { orders: 'stock.orders.v1', movements: 'stock.movements.v1' } as const;
export type IntakeKind = keyof typeof intakeTopics;

/** `stock.orders.v1` -> `stock.orders.dlq.v1`: where messages are kept that can never be taken in as they are. */
export const deadLetterTopicOf = (topic: string): string => topic.replace(/\.(v\d+)$/u, '.dlq.$1');

/** @throws Error for a topic that the ledger does not read: our own mistake */
export const kindOfTopic = (topic: string): IntakeKind => {
  if (topic === intakeTopics.orders) return 'orders';
  if (topic === intakeTopics.movements) return 'movements';
  throw new Error(`Nobody takes in ${topic}`);
};
