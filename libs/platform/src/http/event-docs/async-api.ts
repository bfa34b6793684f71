import type { Schema } from './schema.js';

/** What of an AsyncAPI 3 document the page shows. Its references lead within it, or to schemas beside it. */
export type AsyncApi = {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
};

type Ref = { readonly $ref: string };

export type Channel = {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly messages: Readonly<Record<string, Ref>>;
  readonly bindings: { readonly kafka: { readonly topicConfiguration: Readonly<Record<string, unknown>> } };
};

export type Operation = { readonly action: 'send' | 'receive'; readonly channel: Ref; readonly summary: string };

export type Message = {
  readonly title: string;
  readonly headers: Schema;
  readonly payload: { readonly schema: Ref };
  readonly bindings: { readonly kafka: { readonly key: Schema } };
  readonly examples: readonly { readonly headers: unknown; readonly payload: unknown }[];
};

/** The document and the schemas that it names, by their paths beside it: `schemas/order.v1.json`. */
export type EventDocs = { readonly asyncApi: AsyncApi; readonly schemas: ReadonlyMap<string, Schema> };

export const operationOf = (api: AsyncApi, channel: string): Operation | undefined =>
  Object.values(api.operations).find(({ channel: { $ref } }) => $ref === `#/channels/${channel}`);

export const messagesOf = (api: AsyncApi, channel: Channel): readonly Message[] =>
  Object.values(channel.messages).flatMap(({ $ref }) => api.components.messages[lastOf($ref)] ?? []);

export const schemaPathOf = ({ payload }: Message): string => payload.schema.$ref.replace(/^\.\//u, '');

const lastOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
