import type { Context } from '../shop/context.js';
import { answerOf, errorAnswer, notFound, unchanged, type Format } from './answers.js';
import { jsonOfIds, jsonOfList, jsonOfOne } from './json.js';
import { allFields, selectionOf, type Display } from './query.js';
import { wrapped, xmlDocument, xmlOfEntity, xmlOfIds, type Shown } from './render-xml.js';
import { schemaOf } from './schema.js';
import type { Answer, Entity, Resource, WsRequest } from './types.js';

/** What an answer is made with. */
export type Answering = { readonly context: Context; readonly format: Format; readonly base: string };

/** GET and HEAD of a list, of one, or of a schema. */
export const read = (resource: Resource, request: WsRequest, answering: Answering): Answer => {
  const answer = readFresh(resource, request, answering);
  const known = request.headers['local-content-sha1'];
  if (!answering.context.traits.hasConditionalGet) return answer;
  return known !== undefined && known === answer.headers['content-sha1'] ? unchanged(answer) : answer;
};

const readFresh = (resource: Resource, request: WsRequest, answering: Answering): Answer => {
  const { traits } = answering.context;
  const good = { format: answering.format, traits };
  const schema = request.query.get('schema');
  if (schema === 'blank' || schema === 'synopsis') return answerOf(schemaOf(resource, schema), good);
  const selection = selectionOf(resource, request.query);
  if ('code' in selection) {
    return errorAnswer(400, [selection], { format: answering.format, release: traits.release });
  }
  const id = request.path[1];
  if (id !== undefined) return readOne(resource, id, selection.display, answering);
  const listed = resource.list(answering.context, selection.names, selection.sought);
  const found = selection.select(seenIn(resource, listed, request, answering));
  return answerOf(bodyOfList(resource, found, selection.display, answering), good);
};

/** Of some resources a list shows what belongs to the shop that is asked, or to the shops of its group: by the address it is the first. */
function* seenIn(
  { shopOf }: Resource,
  listed: Iterable<Entity>,
  { query }: WsRequest,
  { context }: Answering,
): Iterable<Entity> {
  const [shop, group] = [query.get('id_shop') ?? '1', query.get('id_group_shop')];
  const isSeen = (id: number): boolean =>
    group === undefined
      ? shop === 'all' || id === Number(shop)
      : context.tables.shops.get(id)?.id_shop_group === Number(group);
  for (const entity of listed) if (shopOf === undefined || isSeen(shopOf(context, entity))) yield entity;
}

const bodyOfList = (
  resource: Resource,
  found: readonly Entity[],
  display: Display | undefined,
  { context, format, base }: Answering,
): string => {
  if (display === undefined || display.kind === 'ids') {
    const ids = found.map((entity) => entity['id'] ?? null);
    return format === 'json' ? jsonOfIds(resource, ids) : xmlDocument(xmlOfIds(resource, ids, base));
  }
  const shown = found
    .map((entity) => resource.get(context, Number(entity['id'])))
    .filter((entity) => entity !== undefined)
    .map((entity) => shownAs(context, resource, entity, display));
  if (format === 'json') return jsonOfList(resource, shown, context.traits);
  return xmlDocument(
    wrapped(
      resource,
      shown.map((one) => xmlOfEntity(resource, one, base)),
    ),
  );
};

const readOne = (resource: Resource, id: string, display: Display | undefined, answering: Answering): Answer => {
  const { context, format, base } = answering;
  const entity = /^\d+$/.test(id) ? resource.get(context, Number(id)) : undefined;
  if (entity === undefined) return notFound(context.traits);
  const shown = shownAs(context, resource, entity, display ?? { kind: 'full', fields: allFields(resource) });
  const good = { format, traits: context.traits };
  if (format === 'xml') return answerOf(xmlDocument(xmlOfEntity(resource, shown, base)), good);
  // A display makes one entity a list in JSON, with its zeros.
  const body =
    display === undefined ? jsonOfOne(resource, shown, context.traits) : jsonOfList(resource, [shown], context.traits);
  return answerOf(body, good);
};

export const shownAs = (context: Context, resource: Resource, entity: Entity, display: Display): Shown => {
  if (display.kind === 'ids') return { entity, fields: [], associations: [] };
  const associations = display.kind === 'full' ? (resource.associations?.(context, entity) ?? []) : [];
  return { entity, fields: display.fields, associations };
};
