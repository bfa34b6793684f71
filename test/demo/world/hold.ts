import { must, putTo, type Service } from '../ledger/http.js';

/** Where a shop's module asks: the ledger, in the name of its channel. */
export type HoldingDesk = { readonly channel: string; readonly ledger: Service };

export type HeldLine = { readonly sku: string; readonly quantity: number; readonly listing: string };

/** A shopper waits no longer than this. */
const askMillisMax = 5_000;

const pathOf = ({ channel }: HoldingDesk, cart: string): string => `/v1/reservations/${channel}/${cart}`;

/** Whether the ledger holds a cart's units, which are set to these lines. Without an answer they are not held. */
export const hold = async (desk: HoldingDesk, cart: string, lines: readonly HeldLine[]): Promise<boolean> => {
  const signal = AbortSignal.timeout(askMillisMax);
  const answer = await putTo(desk.ledger, pathOf(desk, cart), { lines }, signal).catch(() => undefined);
  return answer?.status === 200;
};

/** A cart that is given up holds nothing any more. @throws Error when the ledger does not answer */
export const letGo = async (desk: HoldingDesk, cart: string): Promise<void> => {
  await must(desk.ledger, 'DELETE', pathOf(desk, cart));
};
