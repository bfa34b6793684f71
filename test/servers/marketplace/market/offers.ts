import { createBoundedLog } from './bounded-log.js';
import type { Processes } from './processes.js';
import type { FigureWrite, OfferRow, ProcessRow, Sale } from './rows.js';

export type NewOffer = Pick<OfferRow, 'reference' | 'amount'> & Partial<Pick<OfferRow, 'ean' | 'title'>>;

/** Whether a figure was set, and the offer as its page shows it now. */
export type Compared = { readonly isSet: boolean; readonly offer: OfferRow };

export type Offers = {
  readonly create: (offer: NewOffer) => string;
  /** As its page shows it now. */
  readonly find: (id: string) => OfferRow | undefined;
  /** In the order in which they were made. */
  readonly page: (page: number, size: number) => readonly OfferRow[];
  readonly remove: (id: string) => void;
  /** Accepts a figure of the seller's; undefined: there is no such offer. */
  readonly setStock: (id: string, amount: number) => ProcessRow | undefined;
  /** Sets a figure at once where the page shows the expected one; undefined: there is no such offer. */
  readonly setWhere: (id: string, expected: number, amount: number) => Compared | undefined;
  /** Adds to what the page shows, at once; it may fall below 0. */
  readonly move: (id: string, by: number) => void;
  /** Somebody types a figure into the seller's pages: at once. */
  readonly typeIn: (id: string, amount: number) => void;
  /** Every figure that was accepted, in order. */
  readonly writes: () => readonly FigureWrite[];
  /** Adds units to what was sold of the offer since its page shows this figure, and since the newest one was accepted. */
  readonly countSold: (id: string, units: number) => Pick<Sale, 'soldSince' | 'lastAccepted'>;
};

type Standing = {
  readonly soldSince: number;
  readonly accepted: { readonly write: FigureWrite; readonly soldSince: number } | undefined;
};

const nothingYet: Standing = { soldSince: 0, accepted: undefined };

/** The newest figure that was accepted is known to be shown, if it is this one. */
const withApplied = (standing: Standing, write: FigureWrite): Standing => {
  const { accepted } = standing;
  return accepted?.write.process === write.process ? { ...standing, accepted: { ...accepted, write } } : standing;
};

const compared = (shown: OfferRow, expected: number, amount: number): Compared =>
  shown.amount === expected ? { isSet: true, offer: { ...shown, amount } } : { isSet: false, offer: shown };

export const createOffers = ({ processes, now }: { processes: Processes; now: () => number }): Offers => {
  const rows = new Map<string, OfferRow>();
  const standings = new Map<string, Standing>();
  const writes = createBoundedLog<{ write: FigureWrite }>();
  let made = 0;
  const standingOf = (id: string): Standing => standings.get(id) ?? nothingYet;
  const show = (id: string, amount: number): void => {
    const row = rows.get(id);
    if (row === undefined) return;
    rows.set(id, { ...row, amount });
    standings.set(id, { ...standingOf(id), soldSince: 0 });
  };
  const accept = (offer: string, amount: number): ProcessRow => {
    const process = processes.accept(offer, 'UPDATE_OFFER_STOCK', (appliedAt) => {
      if (!rows.has(offer)) return 'The offer was removed.';
      show(offer, amount);
      entry.write = { ...entry.write, appliedAt };
      standings.set(offer, withApplied(standingOf(offer), entry.write));
      return undefined;
    });
    const entry: { write: FigureWrite } = {
      write: { offer, amount, process: process.id, acceptedAt: now(), appliedAt: undefined },
    };
    writes.add(entry);
    standings.set(offer, { ...standingOf(offer), accepted: { write: entry.write, soldSince: 0 } });
    return process;
  };
  return {
    create: ({ reference, amount, ean, title = reference }) => {
      const id = `offer-${(made += 1)}`;
      rows.set(id, { id, ean: ean ?? eanOf(made), reference, title, amount });
      return id;
    },
    find: (id) => {
      processes.settle();
      return rows.get(id);
    },
    page: (page, size) => {
      processes.settle();
      return [...rows.values()].slice((page - 1) * size, page * size);
    },
    remove: (id) => void rows.delete(id),
    setStock: (id, amount) => {
      processes.settle();
      return rows.has(id) ? accept(id, amount) : undefined;
    },
    setWhere: (id, expected, amount) => {
      const shown = rows.get(id);
      const done = shown && compared(shown, expected, amount);
      if (done?.isSet === true) show(id, amount);
      return done;
    },
    move: (id, by) => show(id, (rows.get(id)?.amount ?? 0) + by),
    typeIn: (id, amount) => {
      processes.settle();
      show(id, amount);
    },
    writes: () => {
      processes.settle();
      return writes.all().map(({ write }) => write);
    },
    countSold: (id, units) => {
      const standing = standingOf(id);
      const accepted = standing.accepted && { ...standing.accepted, soldSince: standing.accepted.soldSince + units };
      const soldSince = standing.soldSince + units;
      standings.set(id, { soldSince, accepted });
      return { soldSince, lastAccepted: accepted && { ...accepted.write, soldSince: accepted.soldSince } };
    },
  };
};

const eanDigits = 13;

const eanOf = (count: number): string => `87${String(count).padStart(eanDigits - 2, '0')}`;
