import { number, text } from '../fields.js';
import { type Resource } from '../resource.js';

export type Combination = { readonly id: number; readonly productId: number; readonly reference: string };

export const combinations: Resource<Combination> = {
  path: 'combinations',
  list: 'combinations',
  element: 'combination',
  display: ['id', 'id_product', 'reference'],
  read: (node) => ({
    id: number(node, 'id'),
    productId: number(node, 'id_product'),
    reference: text(node, 'reference'),
  }),
};
