import { readFile } from 'node:fs/promises';
import { isTerms, type Terms } from '../policy/terms.js';
import { UsageError, type ChannelOptions } from './options.js';

const read = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** Lines that are not empty. @throws UsageError */
export const linesIn = async (file: string): Promise<readonly string[]> =>
  (await read(file)).split('\n').flatMap((line) => line.trim() || []);

export const textIn = read;

/**
 * Secrets by their names. What is wrong with them is said without a word of them.
 * @throws UsageError
 */
export const secretsIn = async (
  { secrets }: Pick<ChannelOptions, 'secrets'>,
  readInput: () => Promise<string>,
): Promise<Terms> => {
  if (secrets === undefined) return {};
  const text = 'text' in secrets ? secrets.text : secrets.file === '-' ? await readInput() : await read(secrets.file);
  const parsed = parsedOr(text);
  if (isTerms(parsed) && Object.values(parsed).every((secret) => typeof secret === 'string')) return parsed;
  throw new UsageError('secrets are a JSON object of texts: {"key": "..."}');
};

const parsedOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
