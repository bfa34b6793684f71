import cliProgress from 'cli-progress';
import type { Progress } from './run.js';

const silent: Progress = { begin: () => undefined, reached: () => undefined, end: () => undefined };

/** Drawn again at most this often. */
const redrawsPerSecondMax = 10;

const withTotal = '{what} [{bar}] {percentage}% {value}/{total}, {duration_formatted}, {eta_formatted} to go';
const withoutTotal = '{what} {value}, {duration_formatted}';

/** Shows how many events have been read, of how many where that is known; nothing at all where there is no terminal. */
export const showProgress = (stream: NodeJS.WriteStream): Progress => {
  if (!stream.isTTY) return silent;
  let shown: cliProgress.SingleBar | undefined;
  return {
    begin: (what, total) => {
      shown = barOn(stream, total === undefined ? withoutTotal : withTotal);
      shown.start(total ?? 0, 0, { what: what.padEnd(9) });
    },
    reached: (count) => shown?.update(count),
    end: () => shown?.stop(),
  };
};

const barOn = (stream: NodeJS.WriteStream, format: string): cliProgress.SingleBar =>
  new cliProgress.SingleBar(
    { stream, format, fps: redrawsPerSecondMax, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.rect,
  );
