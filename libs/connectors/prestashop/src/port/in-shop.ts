import { type Client } from '../webservice/index.js';
import { type SettingsReader } from './settings.js';

const namesShop = (name: string): boolean => name === 'id_shop' || name === 'id_group_shop';

/** The shops that a question is about: one, and with it those that share its stock, once they are known. */
type Place = { readonly shopId: number; groupId: number | undefined };

const placeQuery = ({ shopId, groupId }: Place): readonly [string, string] =>
  groupId === undefined ? ['id_shop', String(shopId)] : ['id_group_shop', String(groupId)];

/**
 * What is read is read of this shop, or of its sharing group. The webservice shows orders and products of the shop whose address
 * was asked, and of no other, and refuses a key that may not see that one. `id_shop=all` would do too, but leads away from a shop
 * that has no others.
 */
const readingIn = (client: Client, place: Place): Client => ({
  ...client,
  send: (request, signal) => {
    const { method, query = [] } = request;
    const isPlaced = method !== 'GET' || query.some(([name]) => namesShop(name));
    return client.send(isPlaced ? request : { ...request, query: [...query, placeQuery(place)] }, signal);
  },
});

/** A client of one of several shops, and the settings that tell which others share its stock. @param shopId undefined: of all */
export const inShop = (
  client: Client,
  shopId: number | undefined,
  readerOf: (client: Client) => SettingsReader,
): { readonly client: Client; readonly settings: SettingsReader } => {
  if (shopId === undefined) return { client, settings: readerOf(client) };
  const place: Place = { shopId, groupId: undefined };
  const placed = readingIn(client, place);
  const read = readerOf(placed);
  return {
    client: placed,
    settings: async (signal, suffices) => {
      const known = await read(signal, suffices);
      if (known.kind === 'ok') place.groupId = known.value.view.sharingGroups.get(shopId);
      return known;
    },
  };
};
