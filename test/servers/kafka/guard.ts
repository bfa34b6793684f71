import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Waits for the end of its input, which comes when its owner closes it or has died in whatever way. */
export const guardScript = `
cat >/dev/null
for file in "$0"/*/pid; do
  [ -f "$file" ] && kill -9 "$(cat "$file")" 2>/dev/null
done
tries=0
until rm -rf "$0" 2>/dev/null || [ "$tries" -gt 50 ]; do tries=$((tries + 1)); sleep 0.1; done
`;

export type Guard = {
  /** Ends what still runs and removes the folder. */
  readonly dismiss: () => Promise<void>;
};

/**
 * A process that outlives us: when we end, even by kill -9, it kills the nodes whose numbers stand in the `pid` files
 * under this folder, and removes the folder.
 */
export const guard = async (folder: string): Promise<Guard> => {
  const child = spawn('sh', ['-c', guardScript, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  child.unref();
  return {
    dismiss: async () => {
      const gone = once(child, 'exit');
      child.ref();
      child.stdin.end();
      await gone;
    },
  };
};
