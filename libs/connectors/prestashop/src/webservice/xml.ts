import { XMLParser } from 'fast-xml-parser';
import { type Failure, failed, ok, type Outcome, type ShopError } from './failure.js';
import { truncated } from '#shop-http';
import { isNested } from './nesting.js';

/** An element: its text, or its children by name. A name that comes once stands alone, one that comes more often is an array. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] };

/**
 * Values stay text: what is a number the readers say. Entities are left alone, because the webservice puts every value into
 * CDATA, and a document that declares its own is none of its making.
 */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  trimValues: false,
});

const notXml: Failure = {
  kind: 'not_xml',
  sentence:
    'The answer is no XML of the webservice: the address leads to a page of the shop, to a maintenance page or to a proxy.',
  applied: 'unknown',
};

const malformed = (what: string): Failure => ({
  kind: 'malformed',
  sentence: `The answer is not what the webservice should send: ${what}.`,
  applied: 'unknown',
});

export const malformedAnswer = (what: string): Outcome<never> => failed(malformed(what));

const beginning = '<?xml';
const ending = '</prestashop>';

/** Notices and warnings of PHP may stand before the document. */
const withoutStrayOutput = (body: string): string => body.slice(Math.max(0, body.indexOf(beginning)));

/** The children of `<prestashop>` in an answer. */
export const documentOf = (body: string): Outcome<XmlNode> => {
  const text = withoutStrayOutput(body).trimEnd();
  if (!text.startsWith(beginning) || !text.includes('<prestashop')) return failed(notXml);
  if (!text.endsWith(ending)) return failed(truncated);
  if (!isNested(text)) return malformedAnswer('its elements are not nested');
  try {
    const { prestashop } = parser.parse(text) as { readonly prestashop?: XmlNode };
    return prestashop === undefined ? malformedAnswer('it has no root') : ok(prestashop);
  } catch (error) {
    return malformedAnswer(error instanceof Error ? error.message : 'it cannot be parsed');
  }
};

/** Elements of this name, none where there is none. */
export const childrenOf = (node: XmlNode, name: string): readonly XmlNode[] => {
  if (typeof node === 'string') return [];
  const child = node[name];
  if (child === undefined) return [];
  return Array.isArray(child) ? (child as readonly XmlNode[]) : [child as XmlNode];
};

/** The text of the one child of this name. */
export const textOf = (node: XmlNode, name: string): string | undefined => {
  const [child] = childrenOf(node, name);
  return typeof child === 'string' ? child : undefined;
};

/** Errors that the webservice tells of, none when the body is something else. */
export const errorsIn = (body: string): readonly ShopError[] => {
  const parsed = documentOf(body);
  if (parsed.kind === 'failed') return [];
  const errors = childrenOf(parsed.value, 'errors').flatMap((node) => childrenOf(node, 'error'));
  return errors.map((error) => ({
    code: Number(textOf(error, 'code') ?? NaN),
    message: textOf(error, 'message') ?? '',
  }));
};
