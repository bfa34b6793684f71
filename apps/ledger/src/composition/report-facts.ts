import { canonicalJson, type Clock, type Digest, type JsonObject, type Lanes } from '#event-sourcing';
import { factContentOf, type FactCommand, type StockCommand, type StockRefusal, type StockState } from '#stock';
import { envelopeOf } from '../caller.js';
import { callerFrom } from './asker.js';
import type { FactReport, Ledger } from './ledger.js';

type Parts = {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly stock: Lanes<StockState, StockCommand, StockRefusal>;
};

const prefix = 'stock-';

/** The stream of a SKU. */
export const stockStream = (sku: string): string => `${prefix}${sku}`;
/** The SKU of such a stream. */
export const skuOf = (stream: string): string => stream.slice(prefix.length);

/**
 * Facts on their way to a SKU. A fact's key and version guard it; the asker's own id does so too, where there is one.
 * What was said is hashed, and a moment that was left out was not said: the same report a minute later is the same.
 */
export const reportingFacts = ({ clock, digest, stock }: Parts): Ledger['report'] => {
  return (asker, sku, report, { momentGiven }) => {
    const said = saidOf(report, momentGiven);
    const command = { ...report, hash: digest.of(canonicalJson(said)) } as FactCommand;
    const { sourceKey } = report;
    return stock.execute(
      envelopeOf<StockCommand>(callerFrom(asker, clock), {
        stream: stockStream(sku),
        command,
        guard: asker.idempotencyKey === undefined ? 'key' : 'id',
        content: { ...said, sourceKey },
      }),
    );
  };
};

/** Where no moment was given, those that were filled in are left out: a count's asOf follows its moment. */
const saidOf = (report: FactReport, momentGiven: boolean): JsonObject => {
  const content = factContentOf(report);
  if (momentGiven) return content;
  const { occurredAt: _occurredAt, asOf: _asOf, ...said } = content;
  return said;
};
