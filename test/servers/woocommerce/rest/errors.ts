import type { Found, Json } from './types.js';

/** A refusal in the shop's own words. */
export class RestError extends Error {
  override readonly name = 'RestError';

  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly data: Json = {},
    readonly more: Json = {},
  ) {
    super(message);
  }
}

export const errorBody = ({ code, message, status, data, more }: RestError): Json => ({
  ...{ code, message },
  data: { status, ...data },
  ...more,
});

export const refusalOf = (error: RestError, allow: string | undefined): Found => ({
  ...{ status: error.status, body: errorBody(error) },
  ...(allow !== undefined && { allow }),
});

type Problem = { readonly code: string; readonly message: string; readonly data: Json | null };

const invalid = (name: string, { code, message, data }: Problem): RestError =>
  new RestError('rest_invalid_param', `Invalid parameter(s): ${name}`, 400, {
    params: { [name]: message },
    details: { [name]: { code, message, data } },
  });

/** @param place of the value within the parameter; the parameter itself by default */
export const wrongType = (name: string, type: string, place = name): RestError =>
  invalid(name, { code: 'rest_invalid_type', message: `${place} is not of type ${type}.`, data: { param: place } });

export const notOneOf = (name: string, values: readonly string[], place = name): RestError => {
  const message = `${place} is not one of ${values.slice(0, -1).join(', ')}, and ${values.at(-1) ?? ''}.`;
  return invalid(name, { code: 'rest_not_in_enum', message, data: null });
};

export const outOfBounds = (name: string, bounds: string): RestError =>
  invalid(name, { code: 'rest_out_of_bounds', message: `${name} must be ${bounds}`, data: null });

export const wrongDate = (name: string): RestError =>
  invalid(name, { code: 'rest_invalid_date', message: 'Invalid date.', data: null });

export const noRoute = (): RestError =>
  new RestError('rest_no_route', 'No route was found matching the URL and request method.', 404);

export const unknownId = (what: string, status: number): RestError =>
  new RestError(`woocommerce_rest_${what}_invalid_id`, 'Invalid ID.', status);

/** What PHP dies of: no route says what it allows. */
export const criticalError = (): RestError =>
  new RestError(
    'internal_server_error',
    '<p>There has been a critical error on this website.</p><p><a href="https://wordpress.org/documentation/article/faq-troubleshooting/">Learn more about troubleshooting WordPress.</a></p>',
    500,
    {},
    { additional_errors: [] },
  );
