import { orderLinesMax, soldUnitsMax, type BaselineLine } from '#orders';
import { Key, ListOf, Quantity } from '../fields/index.js';

/** What of a line the opening figures have left out, or taken in, already: in sold units, cumulative. */
export class BaselineLineRequest {
  @Key('1', { description: "The line's id in the order" }) line!: string;
  @Quantity({ min: 0, max: soldUnitsMax, description: 'Left before the opening figures were taken' }) issued!: number;
  @Quantity({ min: 0, max: soldUnitsMax, description: 'Came back before they were taken' }) returned!: number;

  toLine(): BaselineLine {
    return { line: this.line, issued: this.issued, returned: this.returned };
  }
}

export class BaselineRequest {
  @ListOf(BaselineLineRequest, orderLinesMax, { itemsMin: 0 }) lines!: BaselineLineRequest[];
}
