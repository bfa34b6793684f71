/** With an id of ten digits and the sign between them 64 characters, which is the longest key that the ledger takes. */
const fitMark = /^[\x21-\x7e]{1,53}$/u;

/**
 * The key of an order in the ledger: its id, and a mark that it was born with. A shop that was restored from a backup gives ids
 * again, to orders with another mark. Where the mark is none, the moment at which the order was made stands for it.
 */
export const orderKeyOf = (id: number, mark: string, madeAt: string | number): string =>
  `${id}-${fitMark.test(mark) ? mark : madeAt}`;
