import { join } from 'node:path';
import { createEventLog, type EventLog } from '../log/event-log.js';
import { openLogFile } from '../log/log-file.js';
import { serve, type RunningNode, type ServeSettings } from './serve.js';

export type NodeSettings = Omit<ServeSettings, 'log'> & { readonly folder: string };

/** A node on the log of a folder, listening. */
export const startNode = async ({ folder, ...settings }: NodeSettings): Promise<RunningNode> => {
  const { log, close } = openLog(folder);
  const node = await serve({ ...settings, log });
  return {
    ...node,
    end: async () => {
      await node.end();
      close();
    },
  };
};

/** What was answered from it is in its file. */
export const openLog = (folder: string): { readonly log: EventLog; readonly close: () => void } => {
  const file = openLogFile(join(folder, 'log.jsonl'));
  return { log: createEventLog(file), close: file.close };
};
