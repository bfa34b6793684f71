/** A stream's events reached a projection with one missing, doubled or out of order: a bug of ours or a broken log. */
export class RevisionGapError extends Error {
  override readonly name = 'RevisionGapError';
  readonly code = 'revision_gap';
}
