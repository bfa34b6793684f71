import type { Evidence } from '#channel-kit';

/** One attempt, in either direction. */
export type SyncEntry = {
  readonly channel: string;
  readonly direction: 'in' | 'out';
  /** `read_order`, `write_stock`, `would_push`, `read_feed`, `cancel_order`, `scan`... */
  readonly operation: string;
  /** `order`, `stock`, `feed`. */
  readonly resource: string;
  /** Of the shop: an order's id, a row. */
  readonly externalId: string;
  /**
   * What it follows from: an announcement's sequence, an order's ticket. The same with the fields above and at the same
   * moment is the same attempt, noted once; at another moment it is one more.
   */
  readonly sourceChange: string;
  /** The job that it belongs to, where a person or the clock began one. */
  readonly run: string | undefined;
  readonly outcome: 'done' | 'unknown' | 'failed' | 'skipped';
  /** Stable; of the trouble where there was one. */
  readonly code: string;
  readonly millis: number;
  /** What was sent or read, as JSON; kept for failures and for the last success, redacted. */
  readonly payload: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
};

export type SyncLog = { readonly write: (entries: readonly SyncEntry[]) => Promise<void> };

/** `page`: somebody gets up at night. `ticket`: somebody looks at it in the morning. */
export type AlertLevel = 'page' | 'ticket';

/** One for each cause: the same again, while it is open, is counted and not told again. */
export type Alert = {
  readonly channel: string;
  /** Stable: `feed_stale`, `drift_held`, `unmapped_sold`, `shop_restored`, `credentials_refused`... */
  readonly code: string;
  /** What of the channel it concerns: a row, an order; empty for the channel itself. */
  readonly subject: string;
  readonly level: AlertLevel;
  /** For a person: what is wrong. No secrets, no personal data. */
  readonly detail: string;
  /** The command that helps: `channel resync web`. */
  readonly verb: string;
};

export type Alerts = {
  readonly raise: (alert: Alert) => Promise<void>;
  /** It is over; nothing happens where none is open. */
  readonly settle: (channel: string, code: string, subject?: string) => Promise<void>;
  /** What the open ones of a code concern, after one of them: a page of 1,000 in their order. */
  readonly subjects: (channel: string, code: string, after: string) => Promise<readonly string[]>;
};

/** A reading that nobody expected, with what was done. Units of the listing. */
export type Finding = Evidence & {
  readonly channel: string;
  readonly row: string;
  readonly sku: string;
  /** What was written because of it; undefined: nothing. */
  readonly written: number | undefined;
  readonly target: number;
  /** When the row was last read as it was expected; left out: nobody knows. Milliseconds since 1970. */
  readonly since?: number;
  /** Milliseconds since 1970. A row has one finding of a moment: what is noted twice is noted once. */
  readonly at: number;
};

export type Findings = { readonly note: (findings: readonly Finding[]) => Promise<void> };
