import type { Instant } from '#event-sourcing';

/**
 * SKUs in which a sweep may find something to do, in their order, those after `after` and at most `skusMax` of them. The
 * answer may be late or wrong: what is swept is decided on the SKU's own stream.
 */
export type UnsweptSkus = (now: Instant, after: string, skusMax: number) => Promise<readonly string[]>;
