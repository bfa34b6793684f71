import type { Context } from './context.js';

/** The value of a name in the shop's configuration, or undefined. */
export const configured = ({ tables }: Pick<Context, 'tables'>, name: string): string | undefined =>
  tables.configurations.all().find((row) => row.name === name)?.value;

export const configuredNumber = (context: Pick<Context, 'tables'>, name: string): number =>
  Number(configured(context, name) ?? 0);

export const configure = ({ tables }: Pick<Context, 'tables'>, name: string, value: string): void => {
  const known = tables.configurations.all().find((row) => row.name === name);
  if (known === undefined) tables.configurations.insert({ name, value });
  else tables.configurations.put({ ...known, value });
};
