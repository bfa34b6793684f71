import type { MessageSender } from '#messaging';
import type { LedgerSide } from '../contracts/index.js';
import { orderMessage, ordersTopic } from './order-message.js';

/** Orders of one send: what is lost with it is sent again. */
const ordersAtOnceMax = 500;

/** Sends piece after piece: those of one order arrive in the order given. */
export const tellingOrders =
  (sender: Pick<MessageSender, 'send'>): LedgerSide['tell'] =>
  async (orders) => {
    for (let start = 0; start < orders.length; start += ordersAtOnceMax)
      await sender.send(ordersTopic, orders.slice(start, start + ordersAtOnceMax).map(orderMessage));
  };
