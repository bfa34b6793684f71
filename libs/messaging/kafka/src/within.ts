/** Waits for work that may never end, but not longer than so; what it fails with is dropped. */
export const within = async (millisMax: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, millisMax)));
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
};
