import { spawnSync } from 'node:child_process';

/** Whole services are tested as they run: built. One build for the run, and none when nothing has changed. */
export default function setup(): void {
  const { status } = spawnSync(process.execPath, ['tools/build-if-stale.mjs'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed: see its messages above.');
}
