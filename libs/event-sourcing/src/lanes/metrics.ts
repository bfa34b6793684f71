/** What lanes tell whoever counts: one value per happening, named by what happened. */
export type KernelMetric =
  | { readonly kind: 'appended'; readonly streams: number; readonly events: number; readonly commands: number }
  | { readonly kind: 'conflict'; readonly stream: string; readonly inSuccession: number }
  | { readonly kind: 'busy'; readonly stream: string }
  | { readonly kind: 'deadline_exceeded'; readonly stream: string }
  | { readonly kind: 'outcome_unknown'; readonly streams: number; readonly error: unknown }
  | { readonly kind: 'store_unavailable'; readonly error: unknown }
  | { readonly kind: 'append_failed'; readonly streams: number; readonly error: unknown }
  | { readonly kind: 'too_large'; readonly stream: string; readonly bytes: number; readonly bytesMax: number }
  | { readonly kind: 'decide_failed'; readonly stream: string; readonly error: unknown }
  | { readonly kind: 'load_failed'; readonly error: unknown }
  | { readonly kind: 'index_failed'; readonly error: unknown }
  | { readonly kind: 'snapshot_discarded'; readonly stream: string; readonly reason: string }
  | { readonly kind: 'snapshot_failed'; readonly error: unknown }
  | { readonly kind: 'bug'; readonly error: unknown };

export type OnMetric = (metric: KernelMetric) => void;
