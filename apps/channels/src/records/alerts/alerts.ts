import type { Instant } from '#event-sourcing';
import type { Page, PageRequest } from '#read-model';
import type { Alert, Alerts } from '../../contracts/index.js';

/** An alert from its beginning to its end. */
export type KeptAlert = Alert & {
  readonly id: string;
  readonly raisedAt: Instant;
  /** When it was raised last, and how often in all. */
  readonly lastAt: Instant;
  readonly times: number;
  /** null: it is open. */
  readonly endedAt: Instant | null;
};

export const alertStates = ['open', 'ended'] as const;
export type AlertState = (typeof alertStates)[number];

/** Who is to hear of alerts: a log, a webhook. */
export type AlertSink = {
  /**
   * Told once when an alert is opened and once when it ends, in this order. What it rejects it is told again, and so is what
   * a crash has cut off: ids tell which.
   */
  readonly tell: (news: 'opened' | 'ended', alert: KeptAlert) => Promise<void>;
};

/** How many alerts of a code are open. */
export type OpenAlerts = Pick<Alert, 'channel' | 'code' | 'level'> & { readonly alerts: number };

/** Alerts with what people ask of them. */
export type KeptAlerts = Alerts & {
  /** What is open, counted. */
  readonly open: () => Promise<readonly OpenAlerts[]>;
  /** The newest first. @throws InvalidCursorError */
  readonly list: (
    asked: { readonly channel?: string | undefined; readonly state: AlertState },
    page: PageRequest,
  ) => Promise<Page<KeptAlert>>;
  /**
   * Tells the sink what it has not heard, some hundred at most; where it rejects, the others are told nevertheless. Called by
   * itself when an alert is opened or ends, and from time to time for what was left. Never rejects.
   */
  readonly tellUntold: () => Promise<void>;
};
