import type { Json, Terms } from '../policy/terms.js';
import { channelPath, connectorPath, listAt, numberAt, piecesOf, rowsOf, termsAt, textAt } from './api.js';
import { done, type Context, type Result } from './context.js';
import { auditOf, nameOf, referencesOf, type Audit, type Listing, type Mapping } from './mapping.js';

/** What the ledger takes in one request. */
const skusPerQuestion = 1_000;
const listingsPerRequest = 500;
/** More lines than this nobody reads; `--json` has them all. */
const linesMax = 20;

const listingOf = (row: Terms): Listing => {
  const variant = textAt(row, 'variant');
  const unfit = termsAt(row, 'unfit');
  return {
    ...{ row: textAt(row, 'row'), product: textAt(row, 'product'), title: textAt(row, 'title') },
    references: listAt(row, 'references').filter((one) => typeof one === 'string'),
    ...(variant !== '' && { variant }),
    ...(textAt(unfit, 'code') !== '' && { unfit: { code: textAt(unfit, 'code'), detail: textAt(unfit, 'detail') } }),
  };
};

const mappingOf = (row: Terms): Mapping => {
  const variant = textAt(row, 'variant');
  return {
    ...{ product: textAt(row, 'product'), sku: textAt(row, 'sku'), unitsPerSale: numberAt(row, 'unitsPerSale') },
    ...(variant !== '' && { variant }),
  };
};

/** Codes are NFC without control characters; what cannot be a SKU is not asked for. */
const mayBeSku = (text: string): boolean =>
  text.length > 0 &&
  text.length <= 64 &&
  !/[\p{Control}\p{Surrogate}]|^\$/u.test(text) &&
  text === text.normalize('NFC');

/** Of these references those that the ledger knows as SKUs. @throws LedgerError */
const skusAmong = async ({ ask, options: { channel } }: Context, references: readonly string[]) => {
  const known = new Set<string>();
  for (const skus of piecesOf(references.filter(mayBeSku), skusPerQuestion)) {
    const { rows = [] } = await ask('POST', '/v1/availability/bulk', { channel, skus });
    for (const row of Array.isArray(rows) ? rows : []) known.add(textAt(row as Terms, 'sku'));
  }
  return known;
};

/** What the shop sells beside what the ledger says that it is. @throws LedgerError */
export const auditShop = async (context: Context): Promise<Audit> => {
  const { ask, progress, options } = context;
  const [listings, mappings]: [Listing[], Mapping[]] = [[], []];
  progress.begin('listings', undefined);
  try {
    for await (const row of rowsOf(ask, `${connectorPath(options.channel)}/listings`)) {
      listings.push(listingOf(row));
      progress.reached(listings.length);
    }
  } finally {
    progress.end();
  }
  for await (const row of rowsOf(ask, `${channelPath(options.channel)}/listings?limit=1000`))
    mappings.push(mappingOf(row));
  const known = await skusAmong(context, referencesOf(listings));
  return auditOf(listings, mappings, (reference) => known.has(reference));
};

const explained = {
  no_reference: 'has no reference',
  several_references: 'has several references',
  unknown_sku: 'its reference is no SKU of the ledger',
  duplicate_reference: 'shares its reference with another listing',
} as const;

const few = (print: Context['print'], lines: readonly string[]): void => {
  for (const line of lines.slice(0, linesMax)) print(`  ${line}`);
  if (lines.length > linesMax) print(`  and ${lines.length - linesMax} more: --json`);
};

export const tellAudit = (print: Context['print'], audit: Audit): void => {
  const { listings, mapped, proposals, unmapped, unfit, differing, gone } = audit;
  print(`${listings} listings: ${mapped} mapped, ${proposals.length} can be mapped, ${unmapped.length} cannot`);
  few(
    print,
    unmapped.map(
      ({ listing, why, references }) =>
        `${nameOf(listing)} ${explained[why]} ${references.join(' ')}: ${listing.title}`,
    ),
  );
  if (unfit.length > 0) print(`${unfit.length} cannot be sold through the ledger as they are:`);
  few(
    print,
    unfit.map((one) => `${nameOf(one)} ${one.unfit?.code}: ${one.unfit?.detail}`),
  );
  if (differing.length > 0) print(`${differing.length} are mapped to a SKU that the shop does not call them by:`);
  few(
    print,
    differing.map(
      ({ listing, mapping }) =>
        `${nameOf(listing)} -> ${mapping.sku}, there ${listing.references.join(' ') || 'nothing'}`,
    ),
  );
  if (gone.length > 0) print(`${gone.length} mapped listings are not in the shop:`);
  few(
    print,
    gone.map((mapping) => `${nameOf(mapping)} -> ${mapping.sku}`),
  );
};

/** Whether a person has to do something about it. */
export const waitsOf = ({ unmapped, unfit }: Audit): boolean => unmapped.length > 0 || unfit.length > 0;

const jsonOf = (audit: Audit): Terms => JSON.parse(JSON.stringify(audit)) as Terms;

/** @throws LedgerError */
export const audit = async (context: Context): Promise<Result> => {
  const found = await auditShop(context);
  tellAudit(context.print, found);
  return done(jsonOf(found), waitsOf(found) || found.proposals.length > 0);
};

/** Maps what can be mapped; the same again finds nothing to map. @throws LedgerError */
export const map = async (context: Context): Promise<Result> => {
  const { options, print } = context;
  const found = await auditShop(context);
  tellAudit(print, found);
  if (!options.yes) {
    print(`map ${options.channel}: a dry run; ${found.proposals.length} would be mapped: say --yes --reason TEXT`);
    return done({ dryRun: true, mapped: 0, audit: jsonOf(found) }, waitsOf(found));
  }
  const { succeeded, failures } = await putListings(context, found.proposals);
  print(`map ${options.channel}: ${succeeded} mapped, ${failures.length} refused`);
  few(
    print,
    failures.map((failure) => JSON.stringify(failure)),
  );
  return done(
    { dryRun: false, mapped: succeeded, failures, audit: jsonOf(found) },
    waitsOf(found) || failures.length > 0,
  );
};

const putListings = async ({ ask, options, progress }: Context, proposals: readonly Mapping[]) => {
  let succeeded = 0;
  const failures: Json[] = [];
  progress.begin('map', proposals.length);
  for (const listings of piecesOf(proposals, listingsPerRequest)) {
    const answer = await ask('PUT', `${channelPath(options.channel)}/listings`, {
      listings: listings.map((one) => ({ ...one })),
    });
    succeeded += numberAt(answer, 'succeeded');
    for (const outcome of listAt(answer, 'outcomes')) if ('problem' in (outcome as Terms)) failures.push(outcome);
    progress.reached(succeeded);
  }
  progress.end();
  return { succeeded, failures };
};
