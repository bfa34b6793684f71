/** What a shop can do, as its connector declares it; the conformance suite holds it to that. */
export type Capabilities = {
  /** Rows of one write. */
  readonly rowsMax: number;
  /** `accepted`: a write is only taken down, and carried out later. */
  readonly writesAre: 'done' | 'accepted';
  /** Whether a row can be written on the condition that it shows what we expect. */
  readonly comparesAndSets: boolean;
  /** Whether the same write twice, with the same key, is one. */
  readonly takesIdempotencyKeys: boolean;
  /** Whether the answer to a write of several rows says what became of each. */
  readonly answersPerRow: boolean;
  readonly quantityMin: number;
  readonly quantityMax: number;
  /** Whether the shop lowers its own row when somebody buys, and when it raises it again. */
  readonly decrementsItself: boolean;
  /**
   * Whether a write may be undone by an order that is placed at the same moment: the shop reads its row, and writes it whole
   * some time later. Where it lowers the row in one statement a write stands, with the order's units off it or not.
   */
  readonly losesWrites: boolean;
  readonly restocksItself: 'never' | 'on_cancellation' | 'on_cancellation_and_refund';
  /** What its cursors rest on. */
  readonly ordersBy: 'change_time' | 'sequence' | 'both';
  /** How long a request may live on in the shop after its client has gone, in milliseconds. */
  readonly requestMillisMax: number;
};
