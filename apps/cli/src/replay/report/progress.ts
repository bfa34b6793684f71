import cliProgress from 'cli-progress';

/** Shows how far a pass over the file has come; nothing at all where there is no terminal. */
export type Progress = {
  readonly begin: (what: string, total: number) => void;
  readonly reached: (count: number) => void;
  readonly end: () => void;
};

const silent: Progress = { begin: () => undefined, reached: () => undefined, end: () => undefined };

/** A bar is drawn again at most this often. */
const redrawsPerSecondMax = 10;

export const showProgress = (stream: NodeJS.WriteStream): Progress => (stream.isTTY ? bar(stream) : silent);

const bar = (stream: NodeJS.WriteStream): Progress => {
  const format = '{what} [{bar}] {percentage}% {value}/{total}, {duration_formatted}, {eta_formatted} to go';
  const shown = new cliProgress.SingleBar(
    { stream, format, fps: redrawsPerSecondMax, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.rect,
  );
  return {
    begin: (what, total) => shown.start(total, 0, { what: what.padEnd(8) }),
    reached: (count) => shown.update(count),
    end: () => shown.stop(),
  };
};
