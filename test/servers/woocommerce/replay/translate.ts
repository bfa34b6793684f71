/** Posts (products, orders, refunds) have ids of one kind, lines and webhooks of others. */
type Kind = 'post' | 'line' | 'webhook';

/** What the recordings' ids are here. */
export type Ids = {
  readonly learn: (kind: Kind, recorded: number, ours: number) => void;
  readonly ours: (kind: Kind, recorded: number) => number | undefined;
};

export const createIds = (): Ids => {
  const known = new Map<string, number>();
  return {
    learn: (kind, recorded, ours) => void known.set(`${kind} ${recorded}`, ours),
    ours: (kind, recorded) => known.get(`${kind} ${recorded}`),
  };
};

/** Ids within addresses. */
export const translateText = (text: string, ids: Ids, base: string): string =>
  text
    .replaceAll('{base}', base)
    .replaceAll(
      /(?<where>(?:products|variations|orders|refunds|order-pay)\/)(?<id>\d+)/gu,
      (whole, where: string, id: string) => {
        const ours = ids.ours('post', Number(id));
        return ours === undefined ? whole : `${where}${ours}`;
      },
    )
    .replaceAll(/(?<where>webhooks\/)(?<id>\d+)/gu, (whole, where: string, id: string) => {
      const ours = ids.ours('webhook', Number(id));
      return ours === undefined ? whole : `${where}${ours}`;
    })
    .replaceAll(
      /(?<where>&p=)(?<id>\d+)/gu,
      (whole, where: string, id: string) => `${where}${ids.ours('post', Number(id)) ?? whole}`,
    )
    .replaceAll(/(?<where>include=)(?<all>[\d%C]+)/gu, (_, where: string, all: string) => {
      const translated = all.split('%2C').map((id) => ids.ours('post', Number(id)) ?? id);
      return `${where}${translated.join('%2C')}`;
    });

/** What nobody can foretell, or these tests do not speak of: counts of sales, relatives, ids of metas. */
const leftOut: ReadonlySet<string> = new Set([
  ...['total_sales', 'related_ids', 'average_rating', 'permalink_template', 'generated_slug'],
]);

const idNames: ReadonlySet<string> = new Set(['id', 'product_id', 'parent_id', 'variation_id', 'resource_id']);

type Place = { readonly name: string; readonly within: string };

/** A recorded body as it should be here. Ids that were made here are learned from what came in their place. */
export const translate = (
  recorded: unknown,
  ours: unknown,
  ids: Ids,
  base: string,
  place: Place = { name: '', within: '' },
): unknown => {
  if (Array.isArray(recorded)) {
    const others: readonly unknown[] = Array.isArray(ours) ? ours : [];
    return recorded.map((one, index) => translate(one, others[index], ids, base, place));
  }
  if (typeof recorded === 'object' && recorded !== null) return translateObject(recorded, ours, ids, base, place);
  if (typeof recorded === 'number' && (idNames.has(place.name) || place.name === 'variations')) {
    return translateId(recorded, ours, ids, place);
  }
  return typeof recorded === 'string' ? translateString(recorded, ids, base, place) : recorded;
};

const translateObject = (recorded: object, ours: unknown, ids: Ids, base: string, place: Place): unknown => {
  const others = (typeof ours === 'object' && ours !== null ? ours : {}) as Readonly<Record<string, unknown>>;
  const isMeta = place.name === 'meta_data';
  const entries = Object.entries(recorded).filter(([name]) => !leftOut.has(name) && !(isMeta && name === 'id'));
  const key = (recorded as { readonly key?: unknown }).key;
  const within = isMeta ? String(key) : place.name;
  return Object.fromEntries(
    entries.map(([name, value]) => [name, translate(value, others[name], ids, base, { name, within })]),
  );
};

const ownKinds: Readonly<Record<string, Kind>> = { line_items: 'line', webhooks: 'webhook' };

const translateId = (recorded: number, ours: unknown, ids: Ids, { name, within }: Place): unknown => {
  if (recorded === 0) return 0;
  const kind = name !== 'id' ? 'post' : (ownKinds[within] ?? 'post');
  const known = ids.ours(kind, recorded);
  if (known !== undefined || typeof ours !== 'number') return known ?? recorded;
  ids.learn(kind, recorded, ours);
  return ours;
};

const translateString = (recorded: string, ids: Ids, base: string, { name, within }: Place): string => {
  if (within === '_refunded_item_id' && /^\d+$/u.test(recorded))
    return String(ids.ours('line', Number(recorded)) ?? recorded);
  if (name === 'number') return String(ids.ours('post', Number(recorded)) ?? recorded);
  return masked(translateText(recorded, ids, base));
};

/** Dates are dates, keys of orders are keys. */
const masked = (text: string): string =>
  text
    .replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/u, 'a date')
    .replaceAll(/wc_order_\w+/gu, 'wc_order')
    .replace(/^\d{10}$/u, 'a moment');

/** The same for what came here. */
export const plain = (body: unknown, name = ''): unknown => {
  if (Array.isArray(body)) return body.map((one) => plain(one, name));
  if (typeof body === 'string') return masked(body);
  if (typeof body !== 'object' || body === null) return body;
  const entries = Object.entries(body).filter(([key]) => !leftOut.has(key) && !(name === 'meta_data' && key === 'id'));
  return Object.fromEntries(entries.map(([key, value]) => [key, plain(value, key)]));
};
