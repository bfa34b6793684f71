/** The rest of a sentence that begins with the header: 'must be ...'. */
export type AttributeProblem = string;

export type AttributeName = 'id' | 'source' | 'type' | 'time' | 'subject' | 'dataSchema' | 'contentType' | 'extension';

/** Longer than any id or type of ours, short enough to stand in a log line and an index. */
export const attributeCharsMax = 1_024;

/** What is wrong with the value of an attribute; undefined: nothing. */
export const problemOfAttribute = (name: AttributeName, value: string): AttributeProblem | undefined => {
  if (value.length > attributeCharsMax) return `must have ${attributeCharsMax} characters at most`;
  if (hasForbiddenCharacter(value)) return 'must have no control characters and no lone surrogates';
  return rules[name](value);
};

/** Names of extensions: the specification allows these characters and recommends this length. */
export const problemOfName = (name: string): AttributeProblem | undefined =>
  /^[a-z0-9]{1,20}$/u.test(name) ? undefined : 'must be named by 1 to 20 lower-case letters and digits';

type Rule = (value: string) => AttributeProblem | undefined;

const filled: Rule = (value) => (value === '' ? 'must not be empty' : undefined);
/** The characters of RFC 3986, each percent sign with its two digits. What it refers to is the reader's concern. */
const uriReference = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/u;
const uri: Rule = (value) => (uriReference.test(value) ? undefined : 'must be a URI reference (RFC 3986)');
const absoluteUri: Rule = (value) =>
  uriReference.test(value) && /^[A-Za-z][A-Za-z0-9+.-]*:/u.test(value) ? undefined : 'must be a URI (RFC 3986)';
/** type/subtype and perhaps parameters, of RFC 2045. */
const mediaType = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+(?:\s*;\s*[^;\s=]+=(?:"[^"]*"|[^;\s"]+))*$/u;

const rules: Readonly<Record<AttributeName, Rule>> = {
  id: filled,
  source: uri,
  type: filled,
  time: (value) => (isTimestamp(value) ? undefined : 'must be a moment as RFC 3339 writes it, with a zone'),
  subject: filled,
  dataSchema: absoluteUri,
  contentType: (value) => (mediaType.test(value) ? undefined : 'must be a media type (RFC 2046)'),
  extension: () => undefined,
};

/**
 * Controls and halves of pairs, as CloudEvents forbids them in strings. It forbids code points that are no characters
 * (U+FFFF) too; a SKU may hold one, and what is announced of it must not stop at its name, so they are let through.
 */
const hasForbiddenCharacter = (text: string): boolean => /[\p{Control}\p{Surrogate}]/u.test(text);

const timestamp = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/u;

const isTimestamp = (text: string): boolean => {
  const [, year, month, day, hour, minute, second, zoneHour = '00', zoneMinute = '00'] = timestamp.exec(text) ?? [];
  if (year === undefined) return false;
  const isTime = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
  return (
    isTime && Number(zoneHour) <= 23 && Number(zoneMinute) <= 59 && isDay(Number(year), Number(month), Number(day))
  );
};

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);

const daysOf = (year: number, month: number): number => {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
};
