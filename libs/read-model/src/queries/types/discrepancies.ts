import type { Instant } from '#event-sourcing';
import type { OrderLine, WitnessedKind } from '#stock';

/** Facts of witnesses that one page of discrepancies looks through, and those of its last SKU beyond. */
export const witnessFactsMax = 10_000;

/**
 * What a witness said that the author has not said, or said otherwise. `said` and `author` are by how much on hand changes
 * by the word of each. `by`: what was compared: all that was said of an order line, all under a document, or one `fact` for
 * which there is none of the author's. Of `facts` many, the newest says where and when. `since`: when it became one.
 */
export type Discrepancy = {
  readonly sku: string;
  readonly kind: WitnessedKind;
  readonly connection: string;
  readonly by: 'order_line' | 'document' | 'fact';
  readonly location: string;
  readonly sourceKey: string;
  readonly order?: OrderLine;
  readonly document?: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly facts: number;
  readonly said: number;
  readonly author: number;
  readonly since: Instant;
};

/** `at`: as it will be at that moment if nothing happens until then. */
export type DiscrepancyFilter = {
  readonly sku?: string | undefined;
  readonly location?: string | undefined;
  readonly connection?: string | undefined;
  readonly at?: Instant | undefined;
};
