import { piecesOf } from '#shop-http';
import { type Pack } from '../effects/index.js';
import {
  type Client,
  idsMax,
  type Outcome,
  packProducts,
  products,
  readByIds,
  readPages,
} from '../webservice/index.js';

type Packs = ReadonlyMap<number, Pack>;

/** Ids of all packs in the catalogue. The type of a product cannot be filtered by: every product is looked at, in a few fields. */
const readPackIds = async (client: Client, signal?: AbortSignal): Promise<Outcome<readonly number[]>> => {
  const ids: number[] = [];
  for await (const page of readPages(client, products, {}, signal)) {
    if (page.kind === 'failed') return page;
    ids.push(...page.value.filter(({ type }) => type === 'pack').map(({ id }) => id));
  }
  return { kind: 'ok', value: ids };
};

/** The packs of a shop with what is in them. */
export const readPacks = async (client: Client, signal?: AbortSignal): Promise<Outcome<Packs>> => {
  const ids = await readPackIds(client, signal);
  if (ids.kind === 'failed') return ids;
  const packs = new Map<number, Pack>();
  for (const chunk of piecesOf(ids.value, idsMax)) {
    const rows = await readByIds(client, packProducts, chunk, signal);
    if (rows.kind === 'failed') return rows;
    for (const { id, packStockType, items } of rows.value) packs.set(id, { stockType: packStockType, items });
  }
  return { kind: 'ok', value: packs };
};
