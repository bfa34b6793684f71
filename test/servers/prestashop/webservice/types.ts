import type { Cause, Context } from '../shop/context.js';
import type { XmlNode } from './xml.js';

/** A field's value as the shop holds it. Null is what a PUT leaves of a field that it does not name. */
export type Value = string | number | boolean | null;

/** What a resource shows of a row: every field, and `id`. */
export type Entity = Readonly<Record<string, Value>>;

export type FieldKind = 'int' | 'bool' | 'text' | 'i18n';

export type Field = {
  readonly name: string;
  readonly kind: FieldKind;
  /** The resource that the value is an id of. */
  readonly link?: string;
  readonly required?: true;
  /** Names of the shop's own checks, as a synopsis shows them. */
  readonly format?: string;
  readonly maxSize?: number;
  /** The most and the least that validation lets pass. */
  readonly range?: { readonly min: number; readonly max: number };
  /** Computed: cannot be filtered by. */
  readonly computed?: true;
  /** What every row has, where the shop's model has no column for it. */
  readonly constant?: Value;
};

export type Association = {
  readonly name: string;
  readonly one: string;
  /** Of a resource of its own; the others are parts of the entity. */
  readonly api?: string;
  readonly fields: readonly Field[];
  readonly rows: readonly Entity[];
};

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Save = {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** Undefined for POST. */
  readonly id: number | undefined;
  /** What the body says: only the fields that it names, and null for those that a PUT leaves out. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly node: XmlNode;
  readonly query: Query;
  readonly cause: Cause;
};

export type Saved =
  | { readonly kind: 'saved'; readonly entity: Entity }
  | { readonly kind: 'failed'; readonly status: number; readonly errors: readonly WsError[] }
  /** An uncaught error of PHP: an empty page, and nobody knows what was done. */
  | { readonly kind: 'crashed' };

/** What of a list the database finds by its indexes. */
export type Sought = {
  /** By column: one of these. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** Ids above this. */
  readonly afterId: number;
};

export type Resource = {
  readonly name: string;
  readonly one: string;
  readonly many: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /** Methods that the resource itself forbids. */
  readonly forbidden?: readonly Method[];
  /** Where a list shows one shop's alone: whose this is. */
  readonly shopOf?: (context: Context, entity: Entity) => number;
  /**
   * In the order in which a list gives them when nobody sorts: of each, its id and at least the fields that are named. What is
   * not sought may be left out.
   */
  readonly list: (context: Context, names: ReadonlySet<string>, sought: Sought) => Iterable<Entity>;
  /** Lists are in the order of ids. */
  readonly isInOrder?: true;
  readonly get: (context: Context, id: number) => Entity | undefined;
  readonly associations?: (context: Context, entity: Entity) => readonly Association[];
  readonly save?: (context: Context, save: Save) => Promise<Saved>;
  readonly remove?: (context: Context, id: number) => void;
};

export type WsError = { readonly code: number; readonly message: string };

export type Query = ReadonlyMap<string, string>;

export type WsRequest = {
  readonly id: number;
  readonly method: string;
  /** Behind `/api/`, without empty parts. */
  readonly path: readonly string[];
  readonly query: Query;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
