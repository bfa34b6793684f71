export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** A request to a shop's interface, below its address. */
export type ShopRequest = {
  readonly method: Method;
  readonly resource: string;
  /** Name and value, not encoded yet. */
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: string;
};

export const isWrite = ({ method }: Pick<ShopRequest, 'method'>): boolean => method !== 'GET';

/** Brackets, bars and signs are part of filters: all of them are percent-encoded, servers on the way take offence otherwise. */
const encoded = ([name, value]: readonly [string, string]): string =>
  `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

/** The path and query of a request, below a base such as `https://shop.example/api/`. */
export const addressOf = (base: URL, { resource, query = [] }: ShopRequest): URL => {
  const address = new URL(resource, base);
  address.search = query.map(encoded).join('&');
  return address;
};
