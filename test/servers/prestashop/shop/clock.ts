/** The shop's time. Rows carry it as local time without a zone, to the second. */
export type ShopClock = {
  /** Milliseconds since the epoch, as the shop believes them to be. */
  readonly now: () => number;
  /** "2026-11-20 22:06:48". */
  readonly local: () => string;
  /** Wrong by so much from now on; 0 heals it. */
  readonly skew: (ms: number) => void;
  /** Stands still at that instant; undefined lets it go on. */
  readonly stopAt: (instant: Date | undefined) => void;
};

/** @param zone IANA name of the shop's zone, as PS_TIMEZONE has it. */
export const createClock = (zone: string, trueNow: () => number = Date.now): ShopClock => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  let skewMs = 0;
  let stopped: Date | undefined;
  const now = (): number => (stopped?.getTime() ?? trueNow()) + skewMs;
  return {
    now,
    local: () => format.format(now()),
    skew: (ms) => void (skewMs = ms),
    stopAt: (instant) => void (stopped = instant),
  };
};
