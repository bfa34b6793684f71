import { html, type Html } from './html.js';
import { isObject, resolved, targetName, type Schema } from './schema.js';

/** The type of a value with its bounds: `integer from 0 to 10`, `one of a, b`, `list of Order line, at most 2000`. */
export const typeText = (root: Schema, schema: Schema, anchorOf: (name: string) => string): Html => {
  const target = resolved(root, schema);
  if (schema.$ref !== undefined && isObject(root, schema)) {
    const name = targetName(schema);
    return html`<a href="#${anchorOf(name)}">${target.title ?? name}</a>`;
  }
  if (target.items !== undefined) {
    const most = target.maxItems === undefined ? '' : `, at most ${target.maxItems}`;
    return html`list of ${typeText(root, target.items, anchorOf)}${most}`;
  }
  return html`${wordsOf(target)}${patternOf(target)}`;
};

const wordsOf = (schema: Schema): string => {
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  const type = [schema.type ?? 'any'].flat().join(' or ');
  const bounds = [rangeOf(schema.minimum, schema.maximum), lengthOf(schema)].filter((text) => text !== '');
  return [schema.format === undefined ? type : `${type} (${schema.format})`, ...bounds].join(' ');
};

const rangeOf = (from: number | undefined, to: number | undefined): string => {
  if (from === undefined) return to === undefined ? '' : `to ${to}`;
  return to === undefined ? `from ${from}` : `from ${from} to ${to}`;
};

const lengthOf = ({ minLength, maxLength }: Schema): string => {
  const range = rangeOf(minLength, maxLength);
  return range === '' ? '' : `of ${range.replace(/^from /u, '')} characters`;
};

const patternOf = ({ pattern }: Schema): Html => (pattern === undefined ? html`` : html` <code>${pattern}</code>`);
