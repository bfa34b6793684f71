/** A field of something that came as JSON; undefined where there is none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

export const textOf = (value: unknown, name: string): string | undefined => {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : undefined;
};

export const countOf = (value: unknown, name: string): number | undefined => {
  const field = fieldOf(value, name);
  return typeof field === 'number' && Number.isSafeInteger(field) && field >= 0 ? field : undefined;
};

/** Every element read; undefined where it is no list, or one of them cannot be read. No list at all is an empty one. */
export const listOf = <Item>(
  value: unknown,
  name: string,
  read: (item: unknown) => Item | undefined,
): readonly Item[] | undefined => {
  const field = fieldOf(value, name) ?? [];
  if (!Array.isArray(field)) return undefined;
  const items = field.map(read);
  return items.every((item) => item !== undefined) ? items : undefined;
};
