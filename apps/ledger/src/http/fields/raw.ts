type Transformed = { readonly obj: Readonly<Record<string, unknown>>; readonly key: string };

/**
 * For `Transform`: the value as the body has it. What class-transformer makes of an object without a class is a copy that
 * lacks what it finds suspicious.
 */
export const raw = ({ obj, key }: Transformed): unknown => obj[key];
