/** Whose database it is, by the configuration of the process. */
export type Instance = { readonly instanceId: string; readonly environment: string };

/** What of the configuration names the instance. */
export type InstanceConfig = {
  readonly instanceId: string | undefined;
  readonly environment: string;
  readonly databaseUrl: string | undefined;
};

/**
 * INSTANCE_ID; without it, where there is a database of its own to name the place by, that place; else the data folder. A
 * database or a folder that moves without an INSTANCE_ID looks like a copy: its channels wait for a person, which harms less
 * than a copy that writes into a shop.
 *
 * @param ofFolder what names the data folder
 */
export const instanceOf = async (
  { instanceId, environment, databaseUrl }: InstanceConfig,
  ofFolder: () => Promise<string>,
): Promise<Instance> => {
  if (instanceId !== undefined) return { instanceId, environment };
  const place = databaseUrl === undefined ? await ofFolder() : placeOf(databaseUrl);
  return { instanceId: place, environment };
};

/** Without name and password: they change, and are nobody's business. */
const placeOf = (databaseUrl: string): string => {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
};
