import type { Field, Value } from '../types.js';

type More = Omit<Field, 'name' | 'kind'>;

export const int = (name: string, more: More = {}): Field => ({ name, kind: 'int', ...more });
export const bool = (name: string, more: More = {}): Field => ({ name, kind: 'bool', ...more });
export const text = (name: string, more: More = {}): Field => ({ name, kind: 'text', ...more });

/** Fields that the shop's model has no column for: every row shows the same. */
export const constants = (names: readonly string[], constant: Value, kind: Field['kind'] = 'text'): readonly Field[] =>
  names.map((name) => ({ name, kind, constant }));
