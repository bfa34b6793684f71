import type { Setting } from './setting.js';

type Settings = Readonly<Record<string, Setting<unknown>>>;
type ValueOf<One> = One extends Setting<infer Value> ? Value : never;

/** What a person has to correct before the service can start. Lists everything that is wrong at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads a group of settings from an environment. An empty value is one that is not set.
 *
 * @throws ConfigError with a line for each setting that is wrong; values are never repeated, they may be secrets
 */
export const readSettings = <Group extends Settings>(
  group: Group,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly [Key in keyof Group]: ValueOf<Group[Key]> | undefined } => {
  const wrong: string[] = [];
  const entries = Object.entries(group).map(([key, setting]) => {
    const given = environment[setting.name] || setting.fallback;
    const read = given === undefined ? { value: undefined } : setting.read(given);
    if ('wrong' in read) wrong.push(`${setting.name} ${read.wrong}.`);
    return [key, 'wrong' in read ? undefined : read.value];
  });
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
  return Object.fromEntries(entries) as { [Key in keyof Group]: ValueOf<Group[Key]> | undefined };
};

/** The table of settings for the docs, as Markdown. */
export const renderSettingsTable = (group: Settings): string =>
  [
    '| setting | default | meaning |',
    '| --- | --- | --- |',
    ...Object.values(group).map(
      (one) =>
        `| \`${one.name}\` | ${one.fallback === undefined ? '' : `\`${one.fallback}\``} | ${one.meaning}${one.secret ? ' (secret)' : ''} |`,
    ),
  ].join('\n');
