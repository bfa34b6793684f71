import { dailyWindowOf, type DailyWindow } from '#channel-kit';

type Settings = Readonly<Record<string, unknown>>;

/** What every kind of connector may be given beside its own settings. */
export type SharedSettings = { readonly maintenance?: unknown };

/** Settings without those that all kinds share: what a connector is asked about, and is opened with. */
export const ownSettings = ({ maintenance: _maintenance, ...own }: Settings & SharedSettings): Settings => own;

/** A time of every day in which nothing is asked of the shop but its orders; undefined: there is none. */
export const maintenanceOf = ({ maintenance }: Settings & SharedSettings): DailyWindow | undefined =>
  dailyWindowOf(maintenance);
