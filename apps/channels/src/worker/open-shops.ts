import { isDeepStrictEqual } from 'node:util';
import type { ConnectorKind, OpenShop } from '../contracts/index.js';
import { createTempo, type Tempo } from './tempo.js';

/** What a shop is opened with: where all of it is the same, so is the shop. */
export type Opening = {
  readonly kind: ConnectorKind;
  /** The kind's own. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/** A shop that stands open, and how it has borne us since. */
export type StandingShop = OpenShop & { readonly tempo: Tempo };

/**
 * The shops of the channels that run. One stays open while its channel is run anew, on another rung or after a pause: what a
 * connector had to read before it could begin, all products of a shop to know its packs, is not read again. How old that may
 * grow is the connector's own business; it reads it again once in a while, however often its channel is run.
 */
export type OpenShops = {
  /** Those with an open shop. */
  readonly channels: () => readonly string[];
  /** Closes the one that was opened with something else. @throws where the settings fit no more */
  readonly open: (channel: string, wanted: Opening) => Promise<StandingShop>;
  /** The shop is not what it was: nothing that was read of it is believed the next time. */
  readonly mistrust: (channel: string) => void;
  /** Nothing happens where none is open. */
  readonly close: (channel: string) => Promise<void>;
  readonly closeAll: () => Promise<void>;
};

type Opened = { readonly opening: Opening; readonly shop: StandingShop; isBelieved: boolean };

/** @param now milliseconds since 1970 */
export const createOpenShops = (now: () => number): OpenShops => {
  const opened = new Map<string, Opened>();
  const close = async (channel: string): Promise<void> => {
    const shop = opened.get(channel)?.shop;
    opened.delete(channel);
    await shop?.close();
  };
  return {
    channels: () => [...opened.keys()],
    open: async (channel, wanted) => {
      const known = opened.get(channel);
      if (known?.isBelieved && isDeepStrictEqual(known.opening, wanted)) return known.shop;
      await close(channel);
      const { kind, settings, secrets } = wanted;
      const shop = kind.open({ settings, secrets, now });
      const standing = { ...shop, tempo: createTempo(shop.port.capabilities, now) };
      opened.set(channel, { opening: wanted, shop: standing, isBelieved: true });
      return standing;
    },
    mistrust: (channel) => {
      const known = opened.get(channel);
      if (known !== undefined) known.isBelieved = false;
    },
    close,
    closeAll: async () => {
      await Promise.all([...opened.keys()].map(close));
    },
  };
};
