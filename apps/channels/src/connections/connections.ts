import type { Canary, Rung } from '#channel-kit';
import type { ChannelConnection, ChannelRegistry } from '../contracts/index.js';
import type { By } from './change.js';
import type { ConnectorKinds } from './kinds/kinds.js';
import type { Secrets } from './secrets.js';
import type { ConnectionRefusal, PausableRung, Settings } from './standing/standing.js';

/** A connection with what a person sees of it beside: never a secret, only which ones there are. */
export type ShownConnection = ChannelConnection & {
  readonly pausedFrom: PausableRung | undefined;
  readonly secrets: readonly string[];
};

/** Who asks, why, and whether it is only tried: then nothing is stored. */
export type Wanted = By & { readonly dryRun: boolean };

export type ConnectionAnswer =
  /** As it stands now; of a dry run, as it would. */
  | { readonly kind: 'done'; readonly connection: ShownConnection; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly refusal: ConnectionRefusal };

export type NewConnection = {
  readonly channel: string;
  readonly connection: string;
  readonly kind: string;
  readonly settings: Settings;
  readonly secrets: Secrets;
};

/** What is left out stays. Settings are given whole. */
export type ConnectionChange = {
  readonly settings: Settings | undefined;
  readonly secrets: Secrets;
  readonly revision: number;
};

export type LadderStep = { readonly rung: Rung; readonly canary: Canary | undefined; readonly revision: number };

export type ConnectionHistoryRow = By & {
  readonly revision: number;
  /** `add`, `change`, `step`, `pause`, `resume`. */
  readonly what: string;
  readonly content: Settings;
  readonly changedAt: string;
};

/**
 * Channels with their connectors as people set them. What is asked for twice is done once; a change names the revision that it
 * was made over. Secrets never come back but by `secretsOf`.
 *
 * @throws SecretsError where secrets are given and there is no key to lock them with
 */
export type Connections = ChannelRegistry & {
  readonly kinds: ConnectorKinds;
  readonly show: (channel: string) => Promise<ShownConnection | undefined>;
  readonly add: (wish: NewConnection, wanted: Wanted) => Promise<ConnectionAnswer>;
  readonly change: (channel: string, wish: ConnectionChange, wanted: Wanted) => Promise<ConnectionAnswer>;
  readonly setLadder: (channel: string, step: LadderStep, wanted: Wanted) => Promise<ConnectionAnswer>;
  /** As a person does it; `pause` of the registry is the service's own, with its cause. */
  readonly pauseBy: (channel: string, wanted: Wanted) => Promise<ConnectionAnswer>;
  /** Back to the rung where it was paused. */
  readonly resume: (channel: string, wanted: Wanted) => Promise<ConnectionAnswer>;
  /** Up to 100 changes behind a revision, the first one first. */
  readonly history: (channel: string, afterRevision: number) => Promise<readonly ConnectionHistoryRow[]>;
};
