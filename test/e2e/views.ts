import { expect } from 'vitest';

/**
 * What the tests look into, of the bodies that come back: only the members they name. Each function believes the body to
 * have the shape, as a client does that was written from the OpenAPI document; what is there the test itself asserts.
 */
export type ProblemBody = { readonly code: string; readonly field?: string; readonly [fact: string]: unknown };
export type EventBody = { readonly type: string; readonly position: string };
export type MovementBody = {
  readonly sku: string;
  readonly revision: number;
  readonly repeated: boolean;
  readonly position?: string;
  readonly events: readonly EventBody[];
};
export type ItemBody = {
  readonly index: number;
  readonly status: number;
  readonly answer?: MovementBody;
  readonly problem?: ProblemBody;
};
export type BatchBody = { readonly succeeded: number; readonly failed: number; readonly outcomes: readonly ItemBody[] };
export type CartBody = {
  readonly lines: readonly { readonly sku: string; readonly held: number; readonly expiresAt: string }[];
};
export type OrderBody = { readonly lines: readonly { readonly line: string; readonly status: string }[] };
export type KeyBody = { readonly keyId: string; readonly key: string };
export type KeysBody = {
  readonly keys: readonly { readonly connection: string; readonly scopes: readonly string[] }[];
};
export type ChannelsBody = { readonly channels: readonly { readonly channel: string }[] };
export type LocationsBody = { readonly locations: readonly { readonly location: string }[] };
export type PageBody = {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly next?: string;
  readonly knownAt?: string;
};
export type StockBody = { readonly locations: readonly { readonly location: string; readonly onHand: number }[] };
export type OnHandBody = { readonly onHand: number };
export type BulkBody = {
  readonly rows: readonly { readonly sku: string; readonly atp: number; readonly held: number }[];
  readonly missing: readonly string[];
};
export type ExplanationBody = { readonly atp: number; readonly terms: readonly { readonly quantity: number }[] };
export type ChecksBody = { readonly checks: readonly { readonly name: string; readonly ok: boolean }[] };
type Operation = { readonly responses: Readonly<Record<string, unknown>> };
export type ApiBody = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

export const asProblem = (body: unknown): ProblemBody => body as ProblemBody;
export const asMovement = (body: unknown): MovementBody => body as MovementBody;
export const asBatch = (body: unknown): BatchBody => body as BatchBody;
export const asCart = (body: unknown): CartBody => body as CartBody;
export const asOrder = (body: unknown): OrderBody => body as OrderBody;
export const asKey = (body: unknown): KeyBody => body as KeyBody;
export const asKeys = (body: unknown): KeysBody => body as KeysBody;
export const asChannels = (body: unknown): ChannelsBody => body as ChannelsBody;
export const asLocations = (body: unknown): LocationsBody => body as LocationsBody;
export const asPage = (body: unknown): PageBody => body as PageBody;
export const asStock = (body: unknown): StockBody => body as StockBody;
export const asOnHand = (body: unknown): OnHandBody => body as OnHandBody;
export const asBulk = (body: unknown): BulkBody => body as BulkBody;
export const asExplanation = (body: unknown): ExplanationBody => body as ExplanationBody;
export const asChecks = (body: unknown): ChecksBody => body as ChecksBody;
export const asApi = (body: unknown): ApiBody => body as ApiBody;

/** Matchers with a type: Vitest's own are `any`. */
export const anyText: unknown = expect.any(String);
export const anyNumber: unknown = expect.any(Number);
export const textLike = (shape: RegExp): unknown => expect.stringMatching(shape);
export const having = (members: object): unknown => expect.objectContaining(members);
export const including = (...items: readonly unknown[]): unknown => expect.arrayContaining([...items]);
