/** Waits for the end of work, but not longer than so: what has not ended by then is told, and left behind. */
export const endWithin = async (millisMax: number, work: Promise<unknown>, onCut: () => void): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<'cut'>((resolve) => {
    timer = setTimeout(() => resolve('cut'), millisMax);
  });
  try {
    if ((await Promise.race([work, limit])) === 'cut') onCut();
  } finally {
    clearTimeout(timer);
  }
};
