import { html, prose, type Html } from './html.js';
import { objectsOf, resolved, type NamedObject, type Schema } from './schema.js';
import { typeText } from './type-text.js';

/** A schema as tables, one for each object in it. @param id begins every anchor, so that several schemas may share a page */
export const renderSchema = (root: Schema, id: string): Html => {
  const anchorOf = (name: string): string => `${id}-${name}`;
  const choice = root.oneOf !== undefined && root.properties === undefined ? html`<p>One of:</p>` : html``;
  const tables = objectsOf(root).map((named) => objectTable(root, named, anchorOf));
  return html`${choice}${tables}`;
};

const objectTable = (root: Schema, { name, schema }: NamedObject, anchorOf: (name: string) => string): Html => {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([member, one]) =>
    memberRow(root, member, one, required.has(member), anchorOf),
  );
  const heading =
    name === ''
      ? html``
      : html`<h4 id="${anchorOf(name)}">${schema.title ?? name}</h4>
          <p>${prose(schema.description ?? '')}</p>`;
  return html`${heading}
    <table>
      <thead>
        <tr>
          <th>Member</th>
          <th></th>
          <th>Value</th>
          <th>What it says</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
};

const memberRow = (
  root: Schema,
  name: string,
  schema: Schema,
  isRequired: boolean,
  anchorOf: (name: string) => string,
): Html => {
  const inline = schema.$ref === undefined && schema.properties !== undefined;
  const within = inline ? renderSchema({ ...schema, $defs: root.$defs ?? {} }, anchorOf(name)) : html``;
  return html`<tr>
    <td><code>${name}</code></td>
    <td>${isRequired ? 'required' : ''}</td>
    <td>${typeText(root, schema, anchorOf)}</td>
    <td>${prose(descriptionOf(root, schema))}${within}</td>
  </tr>`;
};

/** What is said of the member, and of its kind of value. */
const descriptionOf = (root: Schema, schema: Schema): string => {
  const target = resolved(root, schema);
  const own = schema.description ?? '';
  const general = target === schema || target.properties !== undefined ? '' : (target.description ?? '');
  return [own, general].filter((text) => text !== '').join(' ');
};
