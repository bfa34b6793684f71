import { type DescribedOrder } from '#channel-kit';
import { type PrestashopOrder } from '../order.js';
import { type ShopMeaning } from './state-meaning.js';

type Notice = DescribedOrder['notices'][number];

const unmapped = (stateId: number, { payment, issued }: ShopMeaning): Notice => ({
  code: 'state_unmapped',
  detail: `Nobody has said what state ${stateId} of the shop means. By its flags it is taken for ${payment}${issued ? ' and shipped' : ''}: name it under states in the channel's settings.`,
});

const zoneUnknown: Notice = {
  code: 'zone_unknown',
  detail:
    'The zone of the shop cannot be told, or its shops differ in it: its dates are taken for UTC. Set one zone for all of its shops.',
};

/** What of an order a person has to look at. @param meaning of the state that it shows */
export const noticesOf = ({ view, shop }: PrestashopOrder, meaning: ShopMeaning): readonly Notice[] => [
  ...(view.stateId === 0 || meaning.isMapped ? [] : [unmapped(view.stateId, meaning)]),
  ...(shop.zone === undefined ? [zoneUnknown] : []),
];
