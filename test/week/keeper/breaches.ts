import type { KeptOrder } from '#apps/channels';
import type { ChannelPort } from '#channel-kit';
import type { KeeperParts } from './keeper.js';
import { saidAgain } from './said-again.js';

/*
 * The workers themselves have no habits to give up: here something between them and what they ask is broken, so that they do what
 * one would do that does one thing wrong.
 */
export type Breach = (parts: KeeperParts) => KeeperParts;

type Port = ChannelPort<KeptOrder>;

const atPorts =
  (broken: (port: Port, parts: KeeperParts) => Partial<Port>): Breach =>
  (parts) => ({
    ...parts,
    channels: parts.channels.map((one) => ({ ...one, port: { ...one.port, ...broken(one.port, parts) } })),
  });

/** A request without an answer, and a row that the shop has refused, pass for written. */
const takesAllForWritten = atPorts(({ write }) => ({
  write: async (changes, signal) => {
    const answer = await write(changes, signal);
    const isKnown = answer.kind === 'trouble' && answer.trouble.kind !== 'unknown_outcome';
    return isKnown ? answer : { kind: 'answered', value: { written: changes.map(({ row }) => row), failed: [] } };
  },
}));

/** What the ledger said of a SKU is written for a minute. */
const writesWhatItWasTold: Breach = (parts) => ({ ...parts, ledger: saidAgain(parts.ledger, parts.clock) });

/** What the shops do to their own rows is unheard of. */
const expectsNoSales = atPorts(() => ({ effects: () => new Map() }));

/** What carts of a channel hold is taken off its own row too. */
const leavesOutCarts: Breach = ({ ledger, ...parts }) => ({
  ...parts,
  ledger: {
    ...ledger,
    figures: async (channel, skus) =>
      (await ledger.figures(channel, skus)).map((figures) => ({ ...figures, heldByListing: {} })),
  },
});

/** By what is broken. */
export const breaches: Readonly<Record<string, Breach>> = {
  'takes a lost answer, and a refusal, for a write': takesAllForWritten,
  'writes what it was told a while ago': writesWhatItWasTold,
  'does not expect what shops do to their own rows': expectsNoSales,
  'leaves out what the carts of a channel hold': leavesOutCarts,
};
