import { type Failure } from '../webservice/index.js';

/** An id as the shop writes it in its addresses. */
export const isId = (id: string): boolean => /^[1-9]\d{0,9}$/u.test(id);

/** The shop says nothing of an order that it does not have; of one that the key may not see it gives a code. */
export const isGone = ({ kind, errors = [] }: Failure): boolean => kind === 'not_found' && errors.length === 0;
