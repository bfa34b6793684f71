/** `PATCH` exists from 8 on. There is no JSON here: of a bulk write it shows the last row alone, and it drops zeros. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** A request to the webservice, below its address `.../api/`. */
export type WebserviceRequest = {
  readonly method: Method;
  readonly resource: string;
  /** Name and value, not encoded yet. */
  readonly query?: readonly (readonly [string, string])[];
  /** XML. */
  readonly body?: string;
};

export const isWrite = ({ method }: WebserviceRequest): boolean => method !== 'GET';

/** Brackets, bars and signs are part of filters: all of them are percent-encoded, servers on the way take offence otherwise. */
const encoded = ([name, value]: readonly [string, string]): string =>
  `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

/** The path and query of a request, below a base such as `https://shop.example/api/`. */
export const addressOf = (base: URL, { resource, query = [] }: WebserviceRequest): URL => {
  const address = new URL(resource, base);
  address.search = query.map(encoded).join('&');
  return address;
};
