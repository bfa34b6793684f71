import { type AttributeProblem, problemOfAttribute, problemOfName } from './cloud-event-attributes.js';

/**
 * The attributes of a CloudEvent 1.0 whose data is the message's value: the binary content mode of the Kafka protocol
 * binding (github.com/cloudevents/spec, versions 1.0.2). Each attribute is a header `ce_<name>`; `datacontenttype` is the
 * header `content-type`. Whatever other headers there are belongs to the transport.
 */
export type CloudEvent = {
  readonly id: string;
  /** Who says it: a URI reference. */
  readonly source: string;
  readonly type: string;
  /** RFC 3339. */
  readonly time?: string;
  readonly subject?: string;
  readonly dataSchema?: string;
  readonly contentType?: string;
  /** Names of lower-case letters and digits. A map, because a writer may have chosen any. */
  readonly extensions: ReadonlyMap<string, string>;
};

/**
 * - attribute_missing: one that every event has is not there
 * - attribute_malformed: it does not hold what its name promises
 * - attribute_name_malformed: a `ce_` header whose name can be no attribute's
 * - version_unsupported: the event is of another version of CloudEvents
 * - mode_unsupported: the event stands in the value (structured or batched mode)
 * - too_many_extensions: more than anybody needs
 */
export type CloudEventRefusalCode =
  | 'attribute_missing'
  | 'attribute_malformed'
  | 'attribute_name_malformed'
  | 'version_unsupported'
  | 'mode_unsupported'
  | 'too_many_extensions';

/** `header` is shortened where it is long: it may hold anything. */
export type CloudEventRefusal = {
  readonly code: CloudEventRefusalCode;
  readonly header: string;
  readonly detail: string;
};

export type DecodedCloudEvent =
  | { readonly kind: 'decoded'; readonly event: CloudEvent }
  | { readonly kind: 'refused'; readonly refusal: CloudEventRefusal };

export const cloudEventVersion = '1.0';
/** Tracing takes two or three. */
export const extensionsMax = 16;
const headerShownCharsMax = 64;
const prefix = 'ce_';

/** Attributes of the specification by their headers; all others with the prefix are extensions. */
const known = {
  ce_id: 'id',
  ce_source: 'source',
  ce_type: 'type',
  ce_time: 'time',
  ce_subject: 'subject',
  ce_dataschema: 'dataSchema',
  'content-type': 'contentType',
} as const;
type KnownHeader = keyof typeof known;
const knownHeaders = Object.keys(known) as readonly KnownHeader[];
const required: readonly KnownHeader[] = ['ce_id', 'ce_source', 'ce_type'];
const versionHeader = 'ce_specversion';

/**
 * The headers of an event.
 * @throws TypeError when an attribute does not hold what the specification asks: a mistake of ours
 * @example encodeCloudEvent({ id: '1', source: '/ledger', type: 'stock.availability.v1', extensions: new Map() })
 */
export const encodeCloudEvent = (event: CloudEvent): Readonly<Record<string, string>> => {
  const attributes = knownHeaders.flatMap((header) => {
    const value = event[known[header]];
    return value === undefined ? [] : [[header, value] as const];
  });
  const extensions = [...event.extensions].map(([name, value]) => [`${prefix}${name}`, value] as const);
  const headers = Object.fromEntries([[versionHeader, cloudEventVersion], ...attributes, ...extensions]);
  const decoded = decodeCloudEvent(new Map(Object.entries(headers)));
  const isWhole = decoded.kind === 'decoded' && decoded.event.extensions.size === event.extensions.size;
  if (!isWhole)
    throw new TypeError(
      decoded.kind === 'refused' ? describe(decoded.refusal) : 'An extension has a name of CloudEvents',
    );
  return headers;
};

/** What the messages of one topic have in common. */
export type CommonAttributes = Required<Pick<CloudEvent, 'source' | 'type' | 'contentType'>>;
/** In what they differ. */
export type OwnAttributes = Required<Pick<CloudEvent, 'id' | 'time' | 'subject'>>;

/**
 * The headers of many events that differ in a few attributes. What they have in common is checked once, and of each its
 * subject, which somebody else has chosen; ids and times are the ledger's own. A sixth of `encodeCloudEvent`'s time, which
 * was most of what the relay of events spent on a message.
 *
 * @throws TypeError as `encodeCloudEvent`
 * @example const headersOf = cloudEventEncoder({ source: '/ledger', type: 'stock.events.v1', contentType: 'application/json' });
 */
export const cloudEventEncoder = (
  common: CommonAttributes,
): ((own: OwnAttributes) => Readonly<Record<string, string>>) => {
  const headers = encodeCloudEvent({ ...common, id: 'any', extensions: new Map() });
  return ({ id, time, subject }) => {
    const problem = problemOfAttribute('subject', subject);
    if (problem !== undefined) throw new TypeError(`ce_subject ${problem}`);
    return { ...headers, ce_id: id, ce_time: time, ce_subject: subject };
  };
};

const describe = ({ header, detail }: CloudEventRefusal): string => `${header} ${detail}`;

/** Reads the headers that somebody wrote; the first thing amiss refuses. Never throws. */
export const decodeCloudEvent = (headers: ReadonlyMap<string, string>): DecodedCloudEvent => {
  const refusal = refusalOf(headers);
  if (refusal !== undefined) return { kind: 'refused', refusal };
  const attributes = knownHeaders.flatMap((header) => {
    const value = headers.get(header);
    return value === undefined ? [] : [[known[header], value] as const];
  });
  const extensions = new Map(
    extensionHeaders(headers).map((header) => [header.slice(prefix.length), headers.get(header) ?? '']),
  );
  return {
    kind: 'decoded',
    event: { ...(Object.fromEntries(attributes) as Omit<CloudEvent, 'extensions'>), extensions },
  };
};

const extensionHeaders = (headers: ReadonlyMap<string, string>): readonly string[] =>
  [...headers.keys()].filter(
    (header) => header.startsWith(prefix) && header !== versionHeader && !Object.hasOwn(known, header),
  );

const refusalOf = (headers: ReadonlyMap<string, string>): CloudEventRefusal | undefined =>
  refusalOfMode(headers) ?? refusalOfVersion(headers) ?? refusalOfKnown(headers) ?? refusalOfExtensions(headers);

const refused = (code: CloudEventRefusalCode, header: string, detail: string): CloudEventRefusal => ({
  code,
  header: header.slice(0, headerShownCharsMax),
  detail,
});

/** In the other modes the content type itself says so, and no attribute is a header. */
const refusalOfMode = (headers: ReadonlyMap<string, string>): CloudEventRefusal | undefined =>
  /^\s*application\/cloudevents/iu.test(headers.get('content-type') ?? '')
    ? refused(
        'mode_unsupported',
        'content-type',
        'names an event in the value: send attributes as headers (binary mode)',
      )
    : undefined;

const refusalOfVersion = (headers: ReadonlyMap<string, string>): CloudEventRefusal | undefined => {
  const version = headers.get(versionHeader);
  if (version === undefined) return refused('attribute_missing', versionHeader, 'is required');
  return version === cloudEventVersion
    ? undefined
    : refused('version_unsupported', versionHeader, `must be ${cloudEventVersion}`);
};

const refusalOfKnown = (headers: ReadonlyMap<string, string>): CloudEventRefusal | undefined => {
  const missing = required.find((header) => !headers.has(header));
  if (missing !== undefined) return refused('attribute_missing', missing, 'is required');
  for (const header of knownHeaders) {
    const value = headers.get(header);
    const problem = value === undefined ? undefined : problemOfAttribute(known[header], value);
    if (problem !== undefined) return malformed(header, problem);
  }
  return undefined;
};

const refusalOfExtensions = (headers: ReadonlyMap<string, string>): CloudEventRefusal | undefined => {
  const extensions = extensionHeaders(headers);
  if (extensions.length > extensionsMax) {
    return refused('too_many_extensions', prefix, `${extensions.length} extensions, ${extensionsMax} at most`);
  }
  for (const header of extensions) {
    const nameProblem = problemOfName(header.slice(prefix.length));
    if (nameProblem !== undefined) return refused('attribute_name_malformed', header, nameProblem);
    const problem = problemOfAttribute('extension', headers.get(header) ?? '');
    if (problem !== undefined) return malformed(header, problem);
  }
  return undefined;
};

const malformed = (header: string, problem: AttributeProblem): CloudEventRefusal =>
  refused('attribute_malformed', header, problem);
