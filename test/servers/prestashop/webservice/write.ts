import { answerOf, crashed, errorAnswer, notFound, type Good } from './answers.js';
import { jsonOfOne } from './json.js';
import { allFields } from './query.js';
import { shownAs, type Answering } from './read.js';
import { xmlDocument, xmlOfEntity } from './render-xml.js';
import type { Answer, Entity, Field, Resource, Saved, Save, WsError, WsRequest } from './types.js';
import { validationError } from './validation.js';
import { childOf, parseXml, type XmlNode } from './xml.js';

type WriteMethod = Save['method'];

/** Asked after each row that was saved: an error of PHP in a module's hook, which ends the request. */
export type AfterRow = (saved: { readonly request: number; readonly rows: number }) => WsError | undefined;

export type Writing = Answering & { readonly afterRow: AfterRow; readonly beforeRow: () => Promise<void> | undefined };

type Failure = { readonly status: number; readonly errors: readonly WsError[] };

const failure = (status: number, code: number, message: string): Failure => ({ status, errors: [{ code, message }] });

/**
 * POST, PUT and PATCH, of one or of many. Rows are saved one by one: what comes before an error stands, what comes after
 * it is not looked at, and the answer does not say which.
 */
export const write = async (resource: Resource, request: WsRequest, writing: Writing): Promise<Answer> => {
  const { format, context } = writing;
  const failed = ({ status, errors }: Failure): Answer =>
    errorAnswer(status, errors, { format, release: context.traits.release });
  const method = request.method as WriteMethod;
  const nodes = nodesOf(request.body);
  if (nodes === undefined) return failed(unreadable(request.body));
  const ids = method === 'POST' ? undefined : checkIds(nodes);
  if (ids !== undefined) return failed(ids);
  const entities: Entity[] = [];
  for (const node of nodes) {
    const saved = await writeNode(resource, node, { method, request, writing });
    if (saved.kind === 'crashed') return crashed;
    if (saved.kind === 'failed') return failed(saved);
    entities.push(saved.entity);
    const error = writing.afterRow({ request: request.id, rows: entities.length });
    if (error !== undefined) return failed({ status: 500, errors: [error] });
  }
  const good = { format, traits: context.traits, status: method === 'POST' ? 201 : 200 };
  return answerOf(bodyOf(resource, entities, writing, good), good);
};

const nodesOf = (body: string): readonly XmlNode[] | undefined =>
  parseXml(body.startsWith('xml=') ? body.slice(4) : body)?.children;

const unreadable = (body: string): Failure =>
  failure(
    500,
    127,
    `XML error : String could not be parsed as XML\nXML length : ${Buffer.byteLength(body)}\nOriginal XML : ${body}`,
  );

const checkIds = (nodes: readonly XmlNode[]): Failure | undefined => {
  const ids = nodes.map((node) => childOf(node, 'id')?.text ?? '');
  if (ids.includes('')) return failure(400, 90, 'id is required when modifying a resource');
  return new Set(ids).size < ids.length ? failure(400, 89, 'id is duplicate in request') : undefined;
};

type Node = { readonly method: WriteMethod; readonly request: WsRequest; readonly writing: Writing };

const writeNode = async (resource: Resource, node: XmlNode, about: Node): Promise<Saved> => {
  const { method, request, writing } = about;
  const pause = writing.beforeRow();
  if (pause !== undefined) await pause;
  const id = method === 'POST' ? undefined : Number(childOf(node, 'id')?.text);
  const entity = id === undefined ? {} : resource.get(writing.context, id);
  if (entity === undefined) return { kind: 'failed', ...failure(404, 92, 'Invalid ID') };
  const missing = method === 'PATCH' ? undefined : resource.fields.find((field) => lacks(field, node));
  if (missing !== undefined) return { kind: 'failed', ...failure(400, 41, `parameter "${missing.name}" required`) };
  const values = valuesOf(resource, node, method);
  const problem = validationError(
    resource.fields,
    { ...entity, ...values },
    { model: modelOf(resource), traits: writing.context.traits },
  );
  if (problem !== undefined) return { kind: 'failed', ...failure(400, 85, problem) };
  const cause = { kind: 'request', request: request.id } as const;
  const saved = await resource.save?.(writing.context, { method, id, values, node, query: request.query, cause });
  return saved ?? { kind: 'crashed' };
};

const lacks = (field: Field, node: XmlNode): boolean =>
  field.required === true && childOf(node, field.name) === undefined;

/** What the body names. A PUT or a POST empties what it does not name; unknown names are passed over. */
const valuesOf = (resource: Resource, node: XmlNode, method: WriteMethod): Readonly<Record<string, string | null>> => {
  const named = allFields(resource).flatMap(({ name }) => {
    const value = childOf(node, name)?.text;
    return value === undefined ? [] : [[name, value] as const];
  });
  const emptied = method === 'PATCH' ? [] : resource.fields.map(({ name }) => [name, null] as const);
  return Object.fromEntries([...emptied, ...named]);
};

const modelOf = ({ one }: Resource): string =>
  one
    .split('_')
    .map((word) => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)
    .join('');

const bodyOf = (
  resource: Resource,
  entities: readonly Entity[],
  { context, base }: Writing,
  { format }: Good,
): string => {
  const display = { kind: 'full', fields: allFields(resource) } as const;
  const shown = entities.map((entity) => shownAs(context, resource, entity, display));
  const last = shown.at(-1);
  if (format === 'json') return last === undefined ? '[]' : jsonOfOne(resource, last, context.traits);
  return xmlDocument(shown.map((one) => xmlOfEntity(resource, one, base)).join(''));
};

/** DELETE of one by its path, or of several by `?id=[1,2]`. All or none. */
export const remove = (resource: Resource, request: WsRequest, { context, format }: Answering): Answer => {
  const listed = request.query
    .get('id')
    ?.replace(/^\[(.*)\]$/, '$1')
    .split(',');
  const ids = (request.path[1] === undefined ? (listed ?? []) : [request.path[1]]).map(Number);
  const missing = ids.filter((id) => resource.get(context, id) === undefined);
  if (ids.length === 0) return notFound(context.traits);
  if (missing.length > 0) {
    const message = `Id(s) not exists: ${missing.join(', ')}`;
    return errorAnswer(404, [{ code: 87, message }], { format, release: context.traits.release });
  }
  ids.forEach((id) => resource.remove?.(context, id));
  return answerOf('', { format, traits: context.traits });
};
