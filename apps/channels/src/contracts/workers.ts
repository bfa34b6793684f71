import type { RowHint } from '#channel-kit';

/** Which rows: all that are mapped, or those of these SKUs (at most 1,000). */
export type RowScope = { readonly kind: 'all' } | { readonly kind: 'skus'; readonly skus: readonly string[] };

/** Which orders: these ids of the shop (at most 1,000), or all that changed since a moment, in milliseconds since 1970. */
export type OrderScope =
  { readonly kind: 'listed'; readonly orders: readonly string[] } | { readonly kind: 'since'; readonly at: number };

/** Who asks for a job, and why. A dry run counts what it would take up and changes nothing. */
export type Wish = { readonly actor: string; readonly reason: string; readonly dryRun: boolean };

export type JobKind = 'resync' | 'reconcile' | 'reread';

export type JobAnswer =
  /** What a dry run found: `rows`, `orders`. */
  | { readonly kind: 'preview'; readonly counts: Readonly<Record<string, number>> }
  /** The same job that runs already is this one. */
  | { readonly kind: 'started'; readonly job: string }
  | {
      readonly kind: 'refused';
      /** No worker runs for the channel: it is off, unknown, or of another process; its rung does not compute; the shop does not answer. */
      readonly code: 'not_running' | 'not_computing' | 'shop_troubled';
      readonly detail: string;
    };

export type JobProgress = {
  readonly job: string;
  readonly channel: string;
  readonly kind: JobKind;
  readonly state: 'running' | 'done' | 'failed';
  readonly done: number;
  /** undefined: nobody knows yet. */
  readonly total: number | undefined;
  /** What it came to so far: `written`, `would_push`, `right`, `above`, `below`, `vanished`. */
  readonly counts: Readonly<Record<string, number>>;
  /** For a person: why it failed. */
  readonly detail: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
};

/** How the worker of a channel stands. Moments in milliseconds since 1970. */
export type WorkerStatus = {
  readonly isRunning: boolean;
  /** Every source of its feed was read then. */
  readonly feedFreshAt: number | undefined;
  /** A message of the shop was believed last. */
  readonly hintedAt: number | undefined;
  readonly rowsDue: number;
  /** Told to the ledger and not included in its figures yet. */
  readonly ordersUnderWay: number;
  /** What keeps the shop from answering, where something does. */
  readonly trouble: { readonly code: string; readonly detail: string } | undefined;
};

/** An order that the shop had, and does not have any more. */
export type VanishedOrder = {
  /** Its key in the ledger: what it holds there stays committed until it is cancelled. */
  readonly orderKey: string;
  /** The number that it had in the shop. */
  readonly id: string;
  /** When it was missed first; milliseconds since 1970. */
  readonly vanishedAt: number;
};

/** The workers of the channels, as people and shops speak to them. Safe to repeat. */
export type Workers = {
  /** Orders that may have changed: read soon, besides what the feed brings. Never waits for the shop. Ids, at most 1,000. */
  readonly hint: (channel: string, orders: readonly string[]) => void;
  /**
   * Rows that somebody may have set in the shop: read some seconds later, those that are known by then but for what they showed.
   * Never waits for the shop. At most 1,000 of a channel at once: others are found when they are read next.
   */
  readonly hintRows: (channel: string, rows: readonly RowHint[]) => void;
  /** Settings, secrets or the rung have changed: read again before the next thing that is done. */
  readonly changed: (channel: string) => void;
  /** Rows are read, judged and set to what the ledger says now. */
  readonly resync: (channel: string, scope: RowScope, wish: Wish) => Promise<JobAnswer>;
  /** Every listing of the shop is read and compared, also those that nobody announced. */
  readonly reconcile: (channel: string, wish: Wish) => Promise<JobAnswer>;
  /** Orders are read whole again and told to the ledger, which knows those that it has taken in. */
  readonly reread: (channel: string, scope: OrderScope, wish: Wish) => Promise<JobAnswer>;
  /** Jobs of the last day at least. */
  readonly job: (channel: string, job: string) => Promise<JobProgress | undefined>;
  readonly status: (channel: string) => Promise<WorkerStatus>;
  /** Orders that were missed, whoever runs the channel, by their keys: those after one of them, or the first ones. */
  readonly vanished: (channel: string, after: string, limit: number) => Promise<readonly VanishedOrder[]>;
};
