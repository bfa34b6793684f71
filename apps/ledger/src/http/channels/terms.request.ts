import type { BackorderPolicy, PaymentClasses } from '#atp';
import { backorderDaysMax, reviewAfterHoursMax } from '#policies';
import { Integer } from '../fields/index.js';

/** How far ahead a channel may promise what has not arrived. */
export class BackorderRequest implements BackorderPolicy {
  @Integer({ min: 1, max: backorderDaysMax, example: 14, description: 'Units expected within so many days' })
  horizonDays!: number;
}

/** What a channel does about unpaid orders of one class of payment. */
export class PaymentClassRequest {
  @Integer({
    min: 1,
    max: reviewAfterHoursMax,
    example: 168,
    description: 'Hours after it was placed at which an unpaid order is to be looked at again',
  })
  reviewAfterHours!: number;

  toPolicy(): PaymentClasses[string] {
    return { reviewAfterHours: this.reviewAfterHours };
  }
}
