import { type PaymentState } from '#channel-kit';
import { type ShopView } from '../effects/index.js';
import { readAllRows, readShop } from '../reading/index.js';
import {
  anyOf,
  type Client,
  type Configuration,
  configurations,
  type OrderState,
  orderStates,
  type Outcome,
  stateNames,
} from '../webservice/index.js';
import { configuredPayments, type ShopMeaning, shopMeaningOf } from './description/state-meaning.js';
import { offsetMillisAt } from './zone.js';

/** The settings of a shop as they were last read. */
export type ShopSettings = {
  readonly view: ShopView;
  /** Name of the zone that the shop's dates are in; undefined where its shops differ in it, and for a name that is none. */
  readonly zone: string | undefined;
  /** What it has configured some states to mean, by state id. */
  readonly payments: ReadonlyMap<number, PaymentState>;
  readonly flags: ReadonlyMap<number, OrderState>;
};

/** What the shop says of these states. */
export const meaningsIn = (
  { payments, flags }: ShopSettings,
  ids: readonly number[],
): ReadonlyMap<number, ShopMeaning> =>
  new Map(ids.map((id) => [id, shopMeaningOf(payments.get(id), flags.get(id))] as const));

/**
 * Reads the settings once, and again when they are old or do not have what is needed: a state that was made since. Not
 * sooner than a minute after the last time, so that a state that was deleted does not make every order cost a catalogue.
 */
export type SettingsReader = (
  signal: AbortSignal,
  suffices?: (settings: ShopSettings) => boolean,
) => Promise<Outcome<ShopSettings>>;

/** A pack that is made, or changes what is in it, is seen within this time. */
const ageMillisMax = 3_600_000;
const ageMillisMin = 60_000;

const zoneIn = (rows: readonly Configuration[]): string | undefined => {
  const zones = new Set(rows.filter(({ name }) => name === 'PS_TIMEZONE').map(({ value }) => value));
  const [zone] = zones;
  return zone !== undefined && zones.size === 1 && offsetMillisAt(zone, 0) !== undefined ? zone : undefined;
};

const readSettings = async (client: Client, signal: AbortSignal): Promise<Outcome<ShopSettings>> => {
  const view = await readShop(client, signal);
  if (view.kind === 'failed') return view;
  const filters = [anyOf('name', ['PS_TIMEZONE', ...stateNames])];
  const rows = await readAllRows(client, configurations, { filters }, signal);
  if (rows.kind === 'failed') return rows;
  const states = await readAllRows(client, orderStates, {}, signal);
  if (states.kind === 'failed') return states;
  const flags = new Map(states.value.map((state) => [state.id, state]));
  const payments = configuredPayments(rows.value);
  return { kind: 'ok', value: { view: view.value, zone: zoneIn(rows.value), payments, flags } };
};

/** @param now milliseconds of our own clock */
export const settingsReader = (client: Client, now: () => number): SettingsReader => {
  let known: { readonly settings: ShopSettings; readonly readAt: number } | undefined;
  return async (signal, suffices = () => true) => {
    const ageMillis = known === undefined ? Infinity : now() - known.readAt;
    if (known !== undefined && ageMillis < (suffices(known.settings) ? ageMillisMax : ageMillisMin))
      return { kind: 'ok', value: known.settings };
    const readAt = now();
    const read = await readSettings(client, signal);
    if (read.kind === 'ok') known = { settings: read.value, readAt };
    return read;
  };
};
