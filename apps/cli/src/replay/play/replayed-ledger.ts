import { skusAtOnceMax, type Asker, type Ledger, type OrderAnswer } from '#apps/ledger';
import type { Outcome } from '#event-sourcing';
import { channels } from '../meaning/channel.js';
import { type PlacedOrder, retailer, warehouse } from '../meaning/documents.js';
import type { LedgerPort, Told } from './ledger-port.js';
import type { Turn } from './turns.js';

const asker: Asker = { connection: retailer, actor: 'replay', correlationId: 'replay' };

/** Between two tries where the ledger does not say. */
const pauseMillis = 250;
/** A year of orders and no cart: holds are never asked for, but a channel has to say how long they would last. */
const reservationTtlMillis = 900_000;

/** The ledger as a replay speaks to it: the same commands that HTTP sends. */
export const replayedLedger = (ledger: Ledger): LedgerPort => ({
  record: async (order, turn) => toldOf(await record(ledger, order, turn)),
  report: async ({ sku, command }) => toldOfOutcome(await ledger.report(asker, sku, command, { momentGiven: true })),
  sleep: (millis) => ledger.clock.sleep(millis),
});

/** The SKUs of an order are told within one turn of the event loop; those of a very large one wait for each other. */
const record = (ledger: Ledger, { channel, orderKey, snapshot }: PlacedOrder, turn: Turn): Promise<OrderAnswer> =>
  ledger.orders.record(asker, { channel, orderKey }, snapshot, async (tell) => {
    await turn.begins;
    const told = tell();
    if (snapshot.lines.length > skusAtOnceMax) await told;
    turn.passOn();
    return told;
  });

const toldOf = (answer: OrderAnswer): Told => {
  if (answer.kind === 'failed') return toldOfOutcome(answer.failure);
  let isPending = false;
  for (const { line, status, refusal } of answer.lines) {
    if (refusal !== undefined) return { kind: 'refused', why: `line ${line}: ${JSON.stringify(refusal)}` };
    if (status === 'unmapped') return { kind: 'refused', why: `line ${line} has no SKU` };
    if (status === 'pending') isPending = true;
  }
  return isPending ? { kind: 'again', why: 'pending', afterMillis: pauseMillis } : { kind: 'taken' };
};

const toldOfOutcome = (outcome: Outcome<unknown, object>): Told => {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'taken' };
    case 'refused':
      return { kind: 'refused', why: JSON.stringify(outcome.refusal) };
    case 'command_id_reused':
    case 'too_large':
      return { kind: 'refused', why: outcome.kind };
    case 'busy':
      return { kind: 'again', why: outcome.kind, afterMillis: outcome.retryAfterMillis };
    case 'deadline_exceeded':
    case 'unavailable':
    case 'outcome_unknown':
      return { kind: 'again', why: outcome.kind, afterMillis: pauseMillis };
    default:
      return outcome satisfies never;
  }
};

/** Defines the one location and the three channels; the same again changes nothing. @throws Error when refused */
export const defineRetailer = async (ledger: Ledger): Promise<number> => {
  const location = { kind: 'define_location', location: warehouse, author: retailer, authors: {} } as const;
  assertTaken(await ledger.setLocation(asker, location));
  for (const channel of channels) {
    const definition = {
      channel,
      connection: retailer,
      locations: [warehouse],
      reservationTtlMillis,
      splitCarts: false,
    };
    assertTaken(await ledger.setChannel(asker, { kind: 'define_channel', ...definition }));
  }
  return 1 + channels.length;
};

const assertTaken = (outcome: Outcome<unknown, object>): void => {
  const told = toldOfOutcome(outcome);
  if (told.kind !== 'taken')
    throw new Error(`The ledger does not take the retailer's channels and location: ${told.why}`);
};
