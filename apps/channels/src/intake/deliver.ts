import { MessageRefusedError } from '#messaging';
import type { OrderMessage, RefusedOrder } from '../contracts/index.js';
import { dropOutgoing, includeOrders, listOutgoing, untoldOrders } from '../store/index.js';
import type { ChannelWork } from '../worker/deps.js';

const messagesMax = 500;

/** Sends what is to be sent, until nothing is left. @throws when it cannot be stored now: the same is sent again later */
export const deliver = async (work: ChannelWork): Promise<void> => {
  const {
    pool,
    channel: { channel },
  } = work;
  for (;;) {
    const messages = await listOutgoing(pool, channel, messagesMax);
    if (messages.length === 0) return;
    await tell(work, messages);
    await dropOutgoing(
      pool,
      messages.map(({ version }) => version),
    );
  }
};

/** One that no transport takes is put aside, with a word to a person: the others are not held up by it. */
const tell = async (work: ChannelWork, messages: readonly OrderMessage[]): Promise<void> => {
  try {
    await work.ledger.tell(messages);
  } catch (error) {
    if (!(error instanceof MessageRefusedError)) throw error;
    if (messages.length > 1) for (const message of messages) await tell(work, [message]);
    else await raiseUntold(work, messages, error);
  }
};

const raiseUntold = async (
  { alerts, channel: { channel } }: ChannelWork,
  messages: readonly OrderMessage[],
  { message }: MessageRefusedError,
): Promise<void> => {
  for (const { orderKey } of messages)
    await alerts.raise({
      ...{ channel, code: 'order_refused', subject: orderKey, level: 'ticket' },
      detail: `Order ${orderKey} cannot be sent to the ledger: ${message}`,
      verb: `channel report ${channel}`,
    });
};

/** The ledger is waited for so long; then its units are taken off. */
export const confirmMillisMax = 2_000;
/** It is asked again soon, and less and less often: each time asks the database too. */
const askAgainMillis = { first: 20, factor: 1.5, max: 200 } as const;

/** Waits until the ledger's figures have what they were told, or have had the time for it. */
export const confirm = async (work: ChannelWork): Promise<void> => {
  const { pool, ledger, channel, now, sleep, signal } = work;
  for (let rest: number = askAgainMillis.first; !signal.aborted; rest *= askAgainMillis.factor) {
    const untold = await untoldOrders(pool, channel.channel);
    if (untold.length === 0) return;
    const { included, refused } = await ledger.included(untold);
    await includeOrders(pool, channel.channel, included, now());
    await raiseRefused(work, refused);
    const settled = new Set([...included, ...refused].map(({ orderKey }) => orderKey));
    if (!untold.some((order) => !settled.has(order.orderKey) && now() - order.toldAt < confirmMillisMax)) return;
    await sleep(Math.min(askAgainMillis.max, Math.ceil(rest)), signal);
  }
};

/** Its units stay taken off: the shop has sold them. */
const raiseRefused = async (
  { alerts, channel: { channel } }: ChannelWork,
  refused: readonly RefusedOrder[],
): Promise<void> => {
  for (const { orderKey, code, detail } of refused)
    await alerts.raise({
      ...{ channel, code: 'order_refused', subject: orderKey, level: 'ticket' },
      detail: `The ledger does not take order ${orderKey} (${code}): ${detail}`,
      verb: 'dlq list',
    });
};
