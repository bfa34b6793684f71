import { truncated } from '../connection-failures.js';
import { failed, type HttpFailure, type HttpOutcome, ok } from '../failure.js';

const notJson: HttpFailure = {
  kind: 'not_json',
  sentence:
    'The answer is no JSON: the address leads to a page of the shop, to a maintenance page or to a proxy, or the interface is switched off.',
  applied: 'unknown',
};

const page = /^\s*<(?:!doctype|html)/iu;

/** Notices and warnings of PHP may stand before the data. */
const dataIn = (body: string): string | undefined => {
  if (page.test(body)) return undefined;
  const begin = /^[[{]/mu.exec(body)?.index;
  return begin === undefined ? undefined : body.slice(begin);
};

/** What an answer says. */
export const jsonOf = (body: string): HttpOutcome<unknown> => {
  const data = dataIn(body);
  if (data === undefined) return failed(notJson);
  try {
    return ok(JSON.parse(data));
  } catch {
    return failed(truncated);
  }
};
