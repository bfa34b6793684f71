import { type ShopView } from '../effects/index.js';
import {
  anyOf,
  type Client,
  configurationNames,
  configurations,
  orderStates,
  type Outcome,
  readVersion,
  type Shop,
  type ShopGroup,
  shopGroups,
  shops,
} from '../webservice/index.js';
import { readAllRows } from './all-rows.js';
import { readPacks } from './packs.js';
import { settingsIn } from './settings.js';

const sharingIn = (all: readonly Shop[], groups: readonly ShopGroup[]): ReadonlyMap<number, number> => {
  const sharing = new Set(groups.filter(({ sharesStock }) => sharesStock).map(({ id }) => id));
  return new Map(all.filter(({ groupId }) => sharing.has(groupId)).map(({ id, groupId }) => [id, groupId]));
};

const readSharing = async (client: Client, signal?: AbortSignal): Promise<Outcome<ReadonlyMap<number, number>>> => {
  const groups = await readAllRows(client, shopGroups, {}, signal);
  if (groups.kind === 'failed') return groups;
  const all = await readAllRows(client, shops, {}, signal);
  return all.kind === 'failed' ? all : { kind: 'ok', value: sharingIn(all.value, groups.value) };
};

/** What a shop is like, as far as its local effects depend on it. It looks at the whole catalogue for packs. */
export const readShop = async (client: Client, signal?: AbortSignal): Promise<Outcome<ShopView>> => {
  const version = await readVersion(client, signal);
  if (version.kind === 'failed') return version;
  const filters = [anyOf('name', configurationNames)];
  const rows = await readAllRows(client, configurations, { filters }, signal);
  if (rows.kind === 'failed') return rows;
  const settings = settingsIn(rows.value);
  if (settings.kind === 'failed') return settings;
  const states = await readAllRows(client, orderStates, {}, signal);
  if (states.kind === 'failed') return states;
  const sharingGroups = await readSharing(client, signal);
  if (sharingGroups.kind === 'failed') return sharingGroups;
  const packs = await readPacks(client, signal);
  if (packs.kind === 'failed') return packs;
  const { family } = version.value;
  const byId = new Map(states.value.map(({ id, logable }) => [id, { logable }]));
  return {
    kind: 'ok',
    value: { family, states: byId, ...settings.value, packs: packs.value, sharingGroups: sharingGroups.value },
  };
};
