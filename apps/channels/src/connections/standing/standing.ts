import type { Canary, Rung } from '#channel-kit';
import type { ChannelConnection } from '../../contracts/index.js';

/** Where a channel can be paused from. */
export type PausableRung = Exclude<Rung, 'off' | 'paused'>;

/** A channel with its connector as it stands: what everybody sees of it, and where it goes on when it is paused. */
export type Standing = ChannelConnection & { readonly pausedFrom: PausableRung | undefined };

/** What everybody sees. */
export const connectionOf = ({ pausedFrom: _pausedFrom, ...connection }: Standing): ChannelConnection => connection;

export type Settings = Readonly<Record<string, unknown>>;

/** Settings are judged before, by the connector's kind. */
export type ConnectionCommand =
  | {
      readonly kind: 'add';
      readonly channel: string;
      readonly connection: string;
      readonly connector: string;
      readonly settings: Settings;
    }
  /** `secrets`: the names of those that are given anew. */
  | {
      readonly kind: 'change';
      readonly settings: Settings | undefined;
      readonly secrets: readonly string[];
      readonly revision: number;
    }
  | { readonly kind: 'step'; readonly rung: Rung; readonly canary: Canary | undefined; readonly revision: number }
  /** `cause`: where nobody asked for it: `clone`, `shop_restored`. */
  | { readonly kind: 'pause'; readonly cause: string | undefined }
  | { readonly kind: 'resume' };

export type ConnectionRefusal =
  | { readonly code: 'unknown_connection' }
  | { readonly code: 'already_connected' }
  | { readonly code: 'too_many_connections'; readonly connectionsMax: number }
  | { readonly code: 'connection_changed'; readonly expected: number; readonly revision: number }
  | { readonly code: 'not_a_step'; readonly from: Rung; readonly to: Rung; readonly next: readonly Rung[] }
  | { readonly code: 'canary_missing' }
  | { readonly code: 'not_paused'; readonly rung: Rung }
  | { readonly code: 'unknown_kind'; readonly kinds: readonly string[] }
  | { readonly code: 'settings_unfit'; readonly field: string; readonly detail: string }
  | { readonly code: 'secrets_missing'; readonly names: readonly string[] }
  | { readonly code: 'secrets_unknown'; readonly names: readonly string[] };

/** What a command comes to: `unchanged` where it stands already. `content` is for the history. */
export type ConnectionDecision =
  | { readonly kind: 'refused'; readonly refusal: ConnectionRefusal }
  | { readonly kind: 'unchanged'; readonly standing: Standing }
  | { readonly kind: 'changed'; readonly standing: Standing; readonly content: Settings };
