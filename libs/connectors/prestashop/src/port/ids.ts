/** An id as the shop writes it in its addresses. */
export const isId = (id: string): boolean => /^[1-9]\d{0,9}$/u.test(id);
