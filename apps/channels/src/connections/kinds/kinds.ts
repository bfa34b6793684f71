import type { ConnectorKind } from '../../contracts/index.js';
import { prestashopKind } from './prestashop.js';
import { wooCommerceKind } from './woocommerce.js';

/** Systems that channels may be of, by their names. */
export type ConnectorKinds = ReadonlyMap<string, ConnectorKind>;

export const kindsOf = (kinds: readonly ConnectorKind[]): ConnectorKinds =>
  new Map(kinds.map((kind) => [kind.kind, kind]));

/** What a channel is of where nobody says it. */
export const defaultKind: string = prestashopKind.kind;

/** Those that this release speaks to. */
export const connectorKinds: ConnectorKinds = kindsOf([prestashopKind, wooCommerceKind]);
