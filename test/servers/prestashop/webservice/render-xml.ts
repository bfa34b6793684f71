import type { Association, Entity, Field, Resource, Value, WsError } from './types.js';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">\n';

export const xmlDocument = (content: string): string => `${head}${content}</prestashop>\n`;

/** As PHP writes it: false is no text. */
const cdata = (value: Value): string => `<![CDATA[${value === false ? '' : (value ?? '')}]]>`;

export const xmlOfErrors = (errors: readonly WsError[]): string => {
  const one = ({ code, message }: WsError): string =>
    `<error>\n<code>${cdata(code)}</code>\n<message>${cdata(message)}</message>\n</error>\n`;
  return `<errors>\n${errors.map(one).join('')}</errors>\n`;
};

/** @param base the shop's address, which every link begins with. */
export const xmlOfIds = (resource: Resource, ids: readonly Value[], base: string): string =>
  wrapped(
    resource,
    ids.map((id) => `<${resource.one} id="${id ?? ''}" xlink:href="${base}/api/${resource.name}/${id ?? ''}"/>\n`),
  );

export const wrapped = (resource: Resource, entities: readonly string[]): string =>
  `<${resource.many}>\n${entities.join('')}</${resource.many}>\n`;

export type Shown = {
  readonly entity: Entity;
  readonly fields: readonly Field[];
  readonly associations: readonly Association[];
};

export const xmlOfEntity = (resource: Resource, { entity, fields, associations }: Shown, base: string): string => {
  const lines = fields.map((field) => xmlOfField(field, entity[field.name] ?? null, base)).join('');
  const parts = associations.map((association) => xmlOfAssociation(association, base)).join('');
  const tail = parts === '' ? '' : `<associations>\n${parts}</associations>\n`;
  return `<${resource.one}>\n${lines}${tail}</${resource.one}>\n`;
};

const isEmpty = (value: Value): boolean => value === null || value === '' || String(value) === '0';

const xmlOfField = ({ name, kind, link, computed }: Field, value: Value, base: string): string => {
  if (kind === 'i18n') {
    const language = `<language id="1" xlink:href="${base}/api/languages/1">${cdata(value)}</language>`;
    return `\t<${name}>${language}</${name}>\n`;
  }
  const href = link === undefined || isEmpty(value) ? '' : ` xlink:href="${base}/api/${link}/${value ?? ''}"`;
  return `\t<${name}${href}${computed === undefined ? '' : ' notFilterable="true"'}>${cdata(value)}</${name}>\n`;
};

const xmlOfAssociation = ({ name, one, api, fields, rows }: Association, base: string): string => {
  const kind = api === undefined ? ' virtualEntity="true"' : ` api="${api}"`;
  if (rows.length === 0) return `<${name} nodeType="${one}"${kind}/>\n`;
  const items = rows.map((row) => xmlOfPart({ one, api, fields }, row, base)).join('');
  return `<${name} nodeType="${one}"${kind}>\n${items}</${name}>\n`;
};

/** Parts link every id that is one, also 0. */
const xmlOfPart = (
  { one, api, fields }: { readonly one: string; readonly api: string | undefined; readonly fields: readonly Field[] },
  row: Entity,
  base: string,
): string => {
  const id = row['id'] ?? '';
  const href = api === undefined ? '' : ` xlink:href="${base}/api/${api}/${id}"`;
  const lines = fields.map(({ name, link }) => {
    const value = row[name] ?? null;
    const to = link === undefined ? '' : ` xlink:href="${base}/api/${link}/${value ?? ''}"`;
    return `\t<${name}${to}>${cdata(value)}</${name}>\n`;
  });
  return `\t<${one}${href}>\n${lines.join('')}\t</${one}>\n`;
};
