import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { renderProblemTable } from '../problem/render-table.js';

/** The OpenAPI document of everything that an application answers. */
export const describeApi = (app: INestApplication, version: string): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Stock ledger')
      .setDescription(`Errors are application/problem+json with a stable \`code\`:\n\n${renderProblemTable()}`)
      .setVersion(version)
      .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: sl_<key id>_<secret>' })
      .build(),
  );

/** Files of the page, from the package that Nest's OpenAPI module brings. */
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** `/docs` for people, `/docs/openapi.json` for programs. Made at the first question: a start does not wait for it. */
export const serveDocs = (app: NestFastifyApplication, version: string): void => {
  let document: string | undefined;
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  fastify.get('/docs/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(describeApi(app, version));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  for (const [name, type] of Object.entries(assets)) {
    fastify.get(`/docs/${name}`, async (_request, reply) => {
      const content = await readFile(join(assetFolder(), name));
      return reply.type(type).header('cache-control', 'public, max-age=86400').send(content);
    });
  }
};

/** swagger-ui-dist is a dependency of @nestjs/swagger, so it is looked for from there. */
const assetFolder = (): string => {
  const fromHere = createRequire(import.meta.url);
  const fromSwagger = createRequire(fromHere.resolve('@nestjs/swagger'));
  return dirname(fromSwagger.resolve('swagger-ui-dist/package.json'));
};

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Stock ledger API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script>
      SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#ui', deepLinking: true });
    </script>
  </body>
</html>
`;
