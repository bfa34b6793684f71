/** There is nothing to compare the log with. */
export class NoTopicsError extends Error {
  override readonly name = 'NoTopicsError';
  constructor() {
    super('KAFKA_BROKERS is missing: what the log has lost is found in stock.events.v1 alone.');
  }
}

/** The ledger is not where it was before the restore, and time alone brings it there. */
export class IntakeBehindError extends Error {
  override readonly name = 'IntakeBehindError';
  constructor(messages: number) {
    super(
      `${messages} messages wait to be taken in again: until then the numbers may be too high. Start the ledger, wait until ` +
        'GET /v1/intake shows no lag, and ask again. A partition that stands still there wants a decision first.',
    );
  }
}

/** Ids that are not among what is offered. */
export class UnknownChoiceError extends Error {
  override readonly name = 'UnknownChoiceError';
}
