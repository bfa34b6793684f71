import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keptText } from './kept-text.js';

/**
 * Names a data folder, not what is in it: a copy has the same text in another file, whose inode is another one.
 * @throws the error of the file system
 */
export const idOfFolder = async (folder: string): Promise<string> => {
  const file = join(folder, 'instance-id');
  const id = await keptText(file, randomUUID);
  const { ino } = await stat(file, { bigint: true });
  return `${id}/${ino}`;
};
