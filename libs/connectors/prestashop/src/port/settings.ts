import { type ShopView } from '../effects/index.js';
import { readAllRows, readShop } from '../reading/index.js';
import { anyOf, type Client, configurations, type Outcome } from '../webservice/index.js';

/** The settings of a shop as they were last read. */
export type ShopSettings = {
  readonly view: ShopView;
  /** Name of the zone that the shop's dates are in; undefined where its shops differ in it. */
  readonly zone: string | undefined;
};

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

const readZone = async (client: Client, signal: AbortSignal): Promise<Outcome<string | undefined>> => {
  const rows = await readAllRows(client, configurations, { filters: [anyOf('name', ['PS_TIMEZONE'])] }, signal);
  if (rows.kind === 'failed') return rows;
  const zones = new Set(rows.value.map(({ value }) => value));
  return { kind: 'ok', value: zones.size === 1 ? [...zones][0] : undefined };
};

const readSettings = async (client: Client, signal: AbortSignal): Promise<Outcome<ShopSettings>> => {
  const view = await readShop(client, signal);
  if (view.kind === 'failed') return view;
  const zone = await readZone(client, signal);
  return zone.kind === 'failed' ? zone : { kind: 'ok', value: { view: view.value, zone: zone.value } };
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
