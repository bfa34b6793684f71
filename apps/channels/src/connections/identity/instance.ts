import { randomUUID } from 'node:crypto';

/** Whose database it is, by the configuration of the process. */
export type Instance = { readonly instanceId: string; readonly environment: string };

/** What of the configuration names the instance. */
export type InstanceConfig = {
  readonly instanceId: string | undefined;
  readonly environment: string;
  readonly databaseUrl: string | undefined;
};

/**
 * INSTANCE_ID; without it, where there is a database of its own to name the place by, that place; else what the data folder
 * keeps. A database that moves without an INSTANCE_ID looks like a copy: its channels wait for a person, which harms less than
 * a copy that writes into a shop.
 *
 * @param ofFolder the id that the data folder keeps, made where there is none
 */
export const instanceOf = async (
  { instanceId, environment, databaseUrl }: InstanceConfig,
  ofFolder: (make: () => string) => Promise<string>,
): Promise<Instance> => {
  if (instanceId !== undefined) return { instanceId, environment };
  const place = databaseUrl === undefined ? await ofFolder(randomUUID) : placeOf(databaseUrl);
  return { instanceId: place, environment };
};

/** Without name and password: they change, and are nobody's business. */
const placeOf = (databaseUrl: string): string => {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
};
