/** The sum of quantities. */
export const sumOf = (items: readonly { readonly quantity: number }[]): number => {
  let sum = 0;
  for (const { quantity } of items) sum += quantity;
  return sum;
};
