import { encodeCloudEvent, type OutgoingMessage } from '#messaging';
import type { OrderMessage } from '../contracts/index.js';

/** Where the ledger takes orders in from. */
export const ordersTopic = 'stock.orders.v1';

/**
 * An order as the ledger's intake takes it: `ce_source` is the connection it speaks for. What a shop has put into an order's
 * key never keeps the message from being sent: the intake says what is wrong with it.
 */
export const orderMessage = ({ channel, connection, orderKey, version, snapshot }: OrderMessage): OutgoingMessage => ({
  key: `${channel}:${orderKey}`,
  headers: encodeCloudEvent({
    ...{ id: idOf(`${version}:${channel}:${orderKey}`), source: connection, type: ordersTopic },
    ...{ contentType: 'application/json', extensions: none },
  }),
  value: JSON.stringify({ version, ...snapshot }),
});

const none: ReadonlyMap<string, string> = new Map();

/** A channel, a version and the key of an order, as long as it may be. */
const idCharsMax = 128;

/** For people who look for the message: what an attribute cannot hold is left out. */
const idOf = (text: string): string => text.replaceAll(/[\p{Control}\p{Surrogate}]/gu, '').slice(0, idCharsMax);
