import type { Document, ReportedFact } from '../meaning/documents.js';
import { startBounded } from './bounded.js';
import { insist } from './insist.js';
import type { LedgerPort, Told } from './ledger-port.js';
import { startTurns, type Turn } from './turns.js';

/** Documents under way at the same time: about 3,000 commands, which fill the appends (measured: 64 take 6% longer, 256 no less). */
const documentsUnderWayMax = 128;
/** Receipts told at the same time. */
const receiptsAtOnceMax = 500;
/** Refusals that are kept to be shown; all of them are counted. */
const refusalsKeptMax = 20;

export type Refusal = { readonly of: string; readonly why: string };

export type Played = {
  commands: number;
  orders: number;
  facts: number;
  still: number;
  refused: number;
  readonly refusals: Refusal[];
};

export type Player = {
  readonly receive: (receipts: readonly ReportedFact[]) => Promise<void>;
  /** Resolves when the document is under way. */
  readonly play: (document: Document) => Promise<void>;
  /** Resolves when everything has been answered. */
  readonly finish: () => Promise<Played>;
};

/**
 * Tells the ledger many documents at the same time, and yet every SKU hears of them in the order of the file: orders are
 * recorded side by side, their SKUs are told in turn.
 */
export const startPlayer = (ledger: LedgerPort): Player => {
  const turns = startTurns();
  const bounded = startBounded(documentsUnderWayMax);
  const played: Played = { commands: 0, orders: 0, facts: 0, still: 0, refused: 0, refusals: [] };
  const note = (of: string, told: Told): void => {
    played.commands += 1;
    if (told.kind !== 'refused') return;
    played.refused += 1;
    if (played.refusals.length < refusalsKeptMax) played.refusals.push({ of, why: told.why });
  };
  const report = async (fact: ReportedFact): Promise<void> => {
    played.facts += 1;
    note(fact.command.sourceKey, await insist(() => ledger.report(fact), ledger.sleep));
  };
  const place = async (document: Document, turn: Turn): Promise<void> => {
    const { order } = document;
    if (order === undefined) return turn.begins;
    played.orders += 1;
    note(document.invoice, await insist(() => ledger.record(order, turn), ledger.sleep));
  };
  const run = async (document: Document, turn: Turn): Promise<void> => {
    try {
      await place(document, turn);
      const reported = document.facts.map(report);
      turn.passOn();
      await Promise.all(reported);
    } finally {
      turn.passOn();
    }
  };
  return {
    receive: async (receipts) => {
      for (let from = 0; from < receipts.length; from += receiptsAtOnceMax)
        await Promise.all(receipts.slice(from, from + receiptsAtOnceMax).map(report));
    },
    play: async (document) => {
      played.still += document.still;
      if (document.order === undefined && document.facts.length === 0) return;
      const turn = turns.take();
      await bounded.add(() => run(document, turn));
    },
    finish: async () => {
      await bounded.idle();
      return played;
    },
  };
};
