import { type Failure } from '../rest/index.js';

/** An id as the shop writes it in its addresses. */
export const isId = (id: string): boolean => /^[1-9]\d{0,14}$/u.test(id);

/** The shop says that it has no such order; where no interface answers it says nothing of orders. */
export const isGone = ({ kind }: Failure): boolean => kind === 'not_found';
