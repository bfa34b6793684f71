import {
  flagUnfit,
  type Given,
  type StateNames,
  type StateOverrides,
  statesUnfit,
  strangerUnfit,
  type Unfit,
} from '#channel-kit';
import { urlUnfit } from './address.js';

/** What a person says of every shop with an interface; its keys and their secrets are given apart. */
export type ShopSettings = {
  /** Address of the interface, with a slash at its end. */
  readonly url: string;
  /** Whether the key may travel in clear to another machine. */
  readonly allowHttp?: boolean;
  /** What states of orders mean, as they are named in the shop. */
  readonly states?: StateOverrides;
};

export type SettingsVerdict<Settings> = { readonly kind: 'fit'; readonly settings: Settings } | Unfit;

type Judge = (given: Given) => Unfit | undefined;

/** What is asked of the settings of one kind of shop. */
export type SettingsRules = {
  /** By the names of those that this kind alone has: what is wrong with each of them. */
  readonly own: Readonly<Record<string, Judge>>;
  readonly stateNames: StateNames;
  /** What is wrong with settings that are fit each by itself. */
  readonly together?: Judge;
  /** Where the interface stands, by an address without slashes at its end. */
  readonly interfaceOf: (url: string) => string;
};

/**
 * Judges whether settings are fit for a port, and says how it takes them: the address becomes that of the interface. It is not
 * asked whether the shop is there.
 */
export const judgeBy =
  <Settings extends ShopSettings>({ own, stateNames, together, interfaceOf }: SettingsRules) =>
  (given: Given): SettingsVerdict<Settings> => {
    const judges: readonly Judge[] = [
      () => strangerUnfit(given, ['url', 'allowHttp', ...Object.keys(own), 'states']),
      () => flagUnfit(given, 'allowHttp'),
      urlUnfit,
      ...Object.values(own),
      () => statesUnfit(given, stateNames),
      ...(together === undefined ? [] : [together]),
    ];
    for (const judge of judges) {
      const wrong = judge(given);
      if (wrong !== undefined) return wrong;
    }
    const settings = given as Settings;
    return { kind: 'fit', settings: { ...settings, url: interfaceOf(settings.url.replace(/\/+$/u, '')) } };
  };
