import { type DescribedOrder, unmappedIn } from '#channel-kit';
import { type PrestashopOrder } from '../order.js';
import { type ShopMeaning } from './state-meaning.js';

const zoneUnknown: DescribedOrder['notices'][number] = {
  code: 'zone_unknown',
  detail:
    'The zone of the shop cannot be told, or its shops differ in it: its dates are taken for UTC. Set one zone for all of its shops.',
};

/** What of an order a person has to look at. @param meaning of the state that it shows */
export const noticesOf = ({ view, shop }: PrestashopOrder, meaning: ShopMeaning): DescribedOrder['notices'] => [
  ...(view.stateId === 0 ? [] : unmappedIn(String(view.stateId), 'its flags', meaning)),
  ...(shop.zone === undefined ? [zoneUnknown] : []),
];
