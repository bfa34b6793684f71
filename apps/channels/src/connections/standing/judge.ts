import type { ConnectorKind } from '../../contracts/index.js';
import { maintenanceOf, ownSettings } from '../maintenance.js';
import type { ConnectionRefusal, Settings } from './standing.js';

type Judged = { readonly kind: ConnectorKind; readonly settings: Settings } | { readonly refusal: ConnectionRefusal };

const maintenanceUnfit: ConnectionRefusal = {
  code: 'settings_unfit',
  field: 'maintenance',
  detail: 'Say a time of every day in UTC, such as {"from": "02:00", "to": "03:30"}, or leave it out.',
};

/** Settings as their kind of connector takes them, and those that all kinds share. */
export const judgeSettings = (kinds: ReadonlyMap<string, ConnectorKind>, name: string, given: Settings): Judged => {
  const kind = kinds.get(name);
  if (kind === undefined) return { refusal: { code: 'unknown_kind', kinds: [...kinds.keys()] } };
  const { maintenance } = given;
  if (maintenance !== undefined && maintenanceOf(given) === undefined) return { refusal: maintenanceUnfit };
  const verdict = kind.judgeSettings(ownSettings(given));
  if (verdict.kind === 'fit')
    return { kind, settings: { ...verdict.settings, ...(maintenance !== undefined && { maintenance }) } };
  return { refusal: { code: 'settings_unfit', field: verdict.field, detail: verdict.detail } };
};

/** Secrets by their names: none that the kind does not know and, where all are given, none missing. */
export const judgeSecrets = (
  { secrets: { required, optional } }: ConnectorKind,
  given: readonly string[],
  are: 'all' | 'some',
): ConnectionRefusal | undefined => {
  const strangers = given.filter((name) => !required.includes(name) && !optional.includes(name));
  if (strangers.length > 0) return { code: 'secrets_unknown', names: [...required, ...optional] };
  const missing = are === 'all' ? required.filter((name) => !given.includes(name)) : [];
  return missing.length > 0 ? { code: 'secrets_missing', names: missing } : undefined;
};
