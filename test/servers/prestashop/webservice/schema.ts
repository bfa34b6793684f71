import { xmlDocument } from './render-xml.js';
import type { Field, Resource } from './types.js';

/** `?schema=blank` or `?schema=synopsis`: the shape of an entity, without or with what its fields must be. */
export const schemaOf = (resource: Resource, kind: 'blank' | 'synopsis'): string => {
  const id = kind === 'blank' ? '\t<id><![CDATA[]]></id>\n' : '';
  const lines = resource.fields.map((field) => (kind === 'blank' ? blank(field) : synopsis(field))).join('');
  return xmlDocument(`<${resource.one}>\n${id}${lines}</${resource.one}>\n`);
};

const blank = ({ name }: Field): string => `\t<${name}><![CDATA[]]></${name}>\n`;

const synopsis = ({ name, required, maxSize, format }: Field): string => {
  const attributes = [
    required && 'required="true"',
    maxSize !== undefined && `maxSize="${maxSize}"`,
    format !== undefined && `format="${format}"`,
  ].filter((attribute) => typeof attribute === 'string');
  return `\t<${[name, ...attributes].join(' ')}><![CDATA[]]></${name}>\n`;
};
