import { readdir, readFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AsyncApi, EventDocs } from './async-api.js';
import { renderEventDocs } from './render-event-docs.js';
import type { Schema } from './schema.js';

/**
 * `/docs/events` for people, and below it the files as they are. Read at the first question: a start does not wait for it.
 * @param folder with `asyncapi.json` and `schemas/*.json`
 */
export const serveEventDocs = (app: NestFastifyApplication, folder: URL): void => {
  let reading: Promise<Published> | undefined;
  const published = (): Promise<Published> => (reading ??= readPublished(folder));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/docs/events', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send((await published()).page),
  );
  const file = async (path: string): Promise<string | undefined> => (await published()).files.get(path);
  fastify.get('/docs/events/asyncapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(await file('asyncapi.json')),
  );
  fastify.get<{ Params: { name: string } }>('/docs/events/schemas/:name', async ({ params }, reply) => {
    // Looked up among the files that were read: a path that somebody makes up leads nowhere.
    const text = await file(`schemas/${params.name}`);
    if (text === undefined) return reply.callNotFound();
    return reply.type('application/schema+json; charset=utf-8').send(text);
  });
};

type Published = { readonly page: string; readonly files: ReadonlyMap<string, string> };

const readPublished = async (folder: URL): Promise<Published> => {
  const names = await readdir(new URL('schemas/', folder));
  const paths = ['asyncapi.json', ...names.sort().map((name) => `schemas/${name}`)];
  const texts = await Promise.all(paths.map((path) => readFile(new URL(path, folder), 'utf8')));
  const files = new Map(paths.map((path, index) => [path, texts[index] ?? '']));
  return { page: renderEventDocs(docsOf(files)), files };
};

const docsOf = (files: ReadonlyMap<string, string>): EventDocs => ({
  asyncApi: JSON.parse(files.get('asyncapi.json') ?? '') as AsyncApi,
  schemas: new Map(
    [...files]
      .filter(([path]) => path.startsWith('schemas/'))
      .map(([path, text]) => [path, JSON.parse(text) as Schema]),
  ),
});
