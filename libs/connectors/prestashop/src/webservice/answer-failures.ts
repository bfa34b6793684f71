import { failureOfServer, refusedBefore } from '#shop-http';
import { type Failure, type FailureKind, type ShopError } from './failure.js';

/** What is left of an answer that is no success. */
export type BadAnswer = {
  readonly status: number;
  readonly location: string | undefined;
  /** Whether the webservice itself wrote the answer: it names its version in a header, or its errors in XML. */
  readonly isOfWebservice: boolean;
  readonly errors: readonly ShopError[];
};

type Reading = { readonly kind: FailureKind; readonly sentence: string; readonly applied?: Failure['applied'] };

const listed = (errors: readonly ShopError[]): string =>
  errors.map(({ code, message }) => `${message} (code ${code})`).join('; ');

const said = (errors: readonly ShopError[]): string => (errors.length === 0 ? '' : ` It says: ${listed(errors)}.`);

const has = (errors: readonly ShopError[], ...codes: readonly number[]): boolean =>
  errors.some(({ code }) => codes.includes(code));

const unauthorized = ({ errors }: BadAnswer): Reading => {
  if (has(errors, 26)) {
    return {
      kind: 'rights',
      sentence: `Tick this resource for the key in the shop's webservice settings.${said(errors)}`,
    };
  }
  if (has(errors, 20, 21)) {
    return {
      kind: 'key',
      sentence: `The shop does not know the key, or it is switched off, or it has no rights.${said(errors)}`,
    };
  }
  if (has(errors, 17, 18)) return { kind: 'key', sentence: `The key must have exactly 32 characters.${said(errors)}` };
  return { kind: 'key', sentence: `The shop refuses the key.${said(errors)}` };
};

const forbidden = ({ errors }: BadAnswer): Reading => ({
  kind: 'rights',
  sentence: `Link the key to this shop in the shop's webservice settings.${said(errors)}`,
});

const methodRefused = ({ errors }: BadAnswer): Reading =>
  has(errors, 23)
    ? {
        kind: 'refused',
        sentence: `This version of the shop does not know the method: PATCH exists from 8 on.${said(errors)}`,
      }
    : {
        kind: 'rights',
        sentence: `Tick this method of the resource for the key in the shop's webservice settings.${said(errors)}`,
      };

const missing = ({ errors, isOfWebservice }: BadAnswer): Reading =>
  isOfWebservice
    ? { kind: 'not_found', sentence: `The shop has no such row.${said(errors)}`, applied: 'unknown' }
    : {
        kind: 'not_xml',
        sentence:
          'No webservice answers at this address: check the path, and that the rewrite rule for api/ is in place.',
      };

/** Codes with which the shop refuses a whole request before it writes any of its rows. */
const refusedWhole = [27, 32, 33, 34, 35, 37, 38, 89, 90];

const refused = ({ errors }: BadAnswer): Reading => ({
  kind: 'refused',
  sentence: `The shop refuses the request.${said(errors)}`,
  // Rows before the refused one are written, and the answer does not say which one it was.
  applied: has(errors, ...refusedWhole) ? 'no' : 'unknown',
});

const offOrBusy = (answer: BadAnswer): Reading =>
  has(answer.errors, 22)
    ? { kind: 'webservice_off', sentence: "Switch the webservice on in the shop's settings." }
    : failureOfServer(answer);

const readingOf = (answer: BadAnswer): Reading => {
  const before = answer.isOfWebservice ? undefined : refusedBefore(answer.status, '/api/');
  if (before !== undefined) return before;
  switch (answer.status) {
    case 400:
      return refused(answer);
    case 401:
      return unauthorized(answer);
    case 403:
      return forbidden(answer);
    case 404:
      return missing(answer);
    case 405:
      return methodRefused(answer);
    case 503:
      return offOrBusy(answer);
    default:
      return failureOfServer(answer);
  }
};

/** What an answer without success means, measured on 8.2.1 and 9.1.4 where the webservice wrote it. */
export const failureOfAnswer = (answer: BadAnswer): Failure => {
  const { kind, sentence, applied = 'no' } = readingOf(answer);
  return { kind, sentence, applied, status: answer.status, errors: answer.errors };
};
