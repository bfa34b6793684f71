import type { Trouble } from '#channel-kit';

/** `mayStand`: what was asked may have been done, or may yet be. */
export type MarketplaceAnswer =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly mayStand: boolean };
