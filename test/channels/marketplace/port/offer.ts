import { fieldOf, countOf, textOf } from '../client/fields.js';

export type Offer = {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly amount: number;
};

export const readOffer = (value: unknown): Offer | undefined => {
  const id = textOf(value, 'offerId');
  const amount = countOf(fieldOf(value, 'stock'), 'correctedStock');
  if (id === undefined || amount === undefined) return undefined;
  const reference = textOf(value, 'reference') ?? '';
  return { id, reference, title: textOf(value, 'unknownProductTitle') ?? reference, amount };
};
