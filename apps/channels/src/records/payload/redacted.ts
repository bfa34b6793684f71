/**
 * What is kept of what was sent or read is for finding out what went wrong with a number: who bought, where they live and the
 * keys of the shop are not needed for it. Members go by their names, addresses of mail, phone numbers and keys also wherever they
 * stand in a text.
 */
export const redacted = (value: unknown): unknown => redactedAt(value, 0);

const struckOut = '***';
/** What nests deeper is left out: nothing of a shop that we read does. */
const depthMax = 16;
/** Members and items of one object or list. */
const membersMax = 1_000;

const redactedAt = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return redactedText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === depthMax) return '...';
  if (Array.isArray(value)) return value.slice(0, membersMax).map((item: unknown) => redactedAt(item, depth + 1));
  return redactedMembers(value, depth);
};

const redactedMembers = (value: object, depth: number): object =>
  Object.fromEntries(
    Object.entries(value)
      .slice(0, membersMax)
      .map(([name, member]: [string, unknown]) => [
        redactedText(name),
        isPersonal(name) && member !== null ? struckOut : redactedAt(member, depth + 1),
      ]),
  );

/** Names of members, without case and punctuation. */
const personal = [
  /^name$|(first|last|sur|middle|full|user|customer|company|recipient|contact)name/u,
  /address|street|city|postcode|postal|zip|county|province|company|siret|vat|dni|birth|gender/u,
  /mail|phone|mobile|fax|telephone/u,
  /^(alias|other|note|message|comment|gift|ip|iban|bic|card)|customernote|giftmessage/u,
  /password|passwd|secret|token|authorization|cookie|signature|credential|apikey|securekey|^key$|wskey|privatekey/u,
];
/** Ids of such things say nothing without the shop. */
const isId = (name: string): boolean => /^id|id$/u.test(name);

const isPersonal = (name: string): boolean => {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/gu, '');
  return !isId(plain) && personal.some((pattern) => pattern.test(plain));
};

const texts: readonly [RegExp, string][] = [
  [/[^\s<>"@]{1,128}@[^\s<>"@,;]{1,253}/gu, struckOut],
  [/(https?:\/\/)[^/\s@]{1,256}@/giu, `$1${struckOut}@`],
  [/\b(Basic|Bearer)\s+\S{1,512}/giu, `$1 ${struckOut}`],
  [/([?&](?:ws_key|key|token|secret|password)=)[^&\s]{1,512}/giu, `$1${struckOut}`],
  [/sl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/gu, struckOut],
  // The webservice's keys are 32 capital letters and digits, its secure keys 32 hex digits.
  [/\b(?:[A-Z0-9]{32}|[0-9a-f]{32})\b/gu, struckOut],
  [/\+\d[\d\s()./-]{6,18}\d/gu, struckOut],
];

const redactedText = (text: string): string =>
  texts.reduce((before, [pattern, replacement]) => before.replace(pattern, replacement), text);
