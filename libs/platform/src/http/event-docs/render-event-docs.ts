import {
  messagesOf,
  operationOf,
  schemaPathOf,
  type AsyncApi,
  type Channel,
  type EventDocs,
  type Message,
} from './async-api.js';
import { html, prose, type Html } from './html.js';
import { renderSchema } from './render-schema.js';
import { typeText } from './type-text.js';

/** A page for people of an AsyncAPI document and its schemas. It loads nothing. @throws Error when a reference leads nowhere */
export const renderEventDocs = (docs: EventDocs): string => {
  const { info, channels } = docs.asyncApi;
  const entries = Object.entries(channels);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${info.title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>${info.title} <small>${info.version}</small></h1>
        <p>${prose(info.description)}</p>
        <p>
          For programs: <a href="/docs/events/asyncapi.json">AsyncAPI</a>, and JSON Schemas:
          ${[...docs.schemas.keys()].map((path) => html`<a href="/docs/events/${path}">${path}</a> `)}
        </p>
        <ul>
          ${entries.map(([name, channel]) => contentsLine(docs.asyncApi, name, channel))}
        </ul>
        ${entries.map(([name, channel]) => channelSection(docs, name, channel))}
      </body>
    </html> `.markup;
};

const directionOf = (api: AsyncApi, name: string): string =>
  operationOf(api, name)?.action === 'receive' ? 'to the ledger' : 'from the ledger';

const contentsLine = (api: AsyncApi, name: string, { address, title }: Channel): Html =>
  html`<li><a href="#${name}">${address}</a> ${title}, ${directionOf(api, name)}</li>`;

const channelSection = (docs: EventDocs, name: string, channel: Channel): Html => {
  const settings = Object.entries(channel.bindings.kafka.topicConfiguration);
  return html` <section>
    <h2 id="${name}">${channel.address}</h2>
    <p>${prose(channel.description)} ${prose(operationOf(docs.asyncApi, name)?.summary ?? '')}</p>
    <p>Topic: ${settings.map(([setting, value]) => html`<code>${setting}=${String(value)}</code> `)}</p>
    ${messagesOf(docs.asyncApi, channel).map((message) => messageSection(docs, name, message))}
  </section>`;
};

const messageSection = (docs: EventDocs, channel: string, message: Message): Html => {
  const path = schemaPathOf(message);
  const schema = docs.schemas.get(path);
  if (schema === undefined) throw new Error(`${path} leads nowhere`);
  const { key } = message.bindings.kafka;
  return html` <h3>Key</h3>
    <p>${typeText(key, key, () => '')}. ${prose(key.description ?? '')}</p>
    <h3>Headers</h3>
    ${renderSchema(message.headers, `${channel}-headers`)}
    <h3>Value: <a href="/docs/events/${path}">${message.title}</a></h3>
    <p>${prose(schema.description ?? '')}</p>
    ${renderSchema(schema, `${channel}-value`)}
    <h3>Example</h3>
    ${message.examples.map(
      ({ headers, payload }) =>
        html`<pre>${asText(headers)}</pre>
          <pre>${asText(payload)}</pre>`,
    )}`;
};

const asText = (value: unknown): string => JSON.stringify(value, undefined, 2);

const style = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top }
code, pre { font: 14px/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
pre { background: #f5f5f5; padding: .7rem; overflow-x: auto }
section { border-top: 2px solid #ccc; margin-top: 2rem }`.replaceAll('\n', ' ');
