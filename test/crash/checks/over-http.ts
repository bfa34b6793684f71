import type { RecordedEvent } from '#event-sourcing';
import type { LedgerService } from '../service/ledger-service.js';

type Row = { readonly eventId: string; readonly revision: number; readonly hash: string };
type Page = { readonly rows: readonly Row[]; readonly next?: string };

const get = async <Body>(service: LedgerService, path: string): Promise<Body> => {
  const answer = await fetch(`${service.url()}${path}`, { headers: { authorization: `Bearer ${service.key()}` } });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Body;
};

const historyOf = async (service: LedgerService, sku: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let cursor = ''; ;) {
    const page = await get<Page>(service, `/v1/stock/${sku}/history?order=asc&limit=1000${cursor}`);
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
};

/** What HTTP tells of each SKU, against the log itself and the clients' books. One line for each difference. */
export const checkOverHttp = async (
  service: LedgerService,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
  onHand: ReadonlyMap<string, number>,
): Promise<readonly string[]> => {
  const findings: string[] = [];
  for (const [sku, units] of onHand) {
    const stock = await get<{ readonly onHand: number }>(service, `/v1/stock/${sku}`);
    if (stock.onHand !== units) findings.push(`${sku}: HTTP says ${stock.onHand} on hand, the books ${units}`);
    const told = await historyOf(service, sku);
    const stored = streams.get(`stock-${sku}`) ?? [];
    if (told.length !== stored.length) findings.push(`${sku}: HTTP tells ${told.length} events of ${stored.length}`);
    for (const [index, { eventId, revision, hash }] of stored.entries()) {
      const row = told[index];
      if (row?.eventId !== eventId || row.revision !== revision || row.hash !== hash)
        findings.push(`${sku}@${revision}: HTTP tells another event`);
    }
  }
  return findings;
};
