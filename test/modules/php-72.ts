import { Engine } from 'php-parser';

/** A node of the syntax tree; the walk looks at its own members only. */
type Node = { readonly kind: string; readonly [member: string]: unknown };
type Rule = { readonly what: string; readonly breaks: (node: Node) => boolean };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';

const nameOf = ({ name, raw }: Node): string => (typeof name === 'string' ? name : typeof raw === 'string' ? raw : '');

const named = (node: Node, names: readonly string[]): boolean =>
  names.includes(nameOf(node).replace(/^\\/u, '').toLowerCase());

const typesOf = (node: Node): readonly Node[] => [node['type'], node['nullable']].filter(isNode);
const hasType = (node: Node, names: readonly string[]): boolean => typesOf(node).some((type) => named(type, names));

/** Functions and constants that came after 7.2, as far as somebody might reach for them. */
const laterNames = [
  ...[
    'array_is_list',
    'array_key_first',
    'array_key_last',
    'is_countable',
    'hrtime',
    'str_contains',
    'str_starts_with',
  ],
  ...['str_ends_with', 'get_debug_type', 'mb_str_split', 'password_algos', 'array_find', 'array_any', 'array_all'],
  ...['array_first', 'array_last', 'json_validate', 'json_throw_on_error', 'curl_close_all', 'preg_last_error_msg'],
  'fdiv',
];

/** What the parser lets pass although it came after 7.2. */
const rules: readonly Rule[] = [
  {
    what: 'promoted parameter (8.0)',
    breaks: (node) => node.kind === 'parameter' && Number(node['flags'] ?? 0) > 0,
  },
  { what: 'union or intersection type (8.0)', breaks: (node) => /^(union|intersection)type$/u.test(node.kind) },
  { what: 'type of a later version', breaks: (node) => hasType(node, ['mixed', 'never', 'static', 'false', 'null']) },
  {
    what: 'number with a separator or 0o (7.4, 8.1)',
    breaks: (node) => node.kind === 'number' && /_|^0o/iu.test(typeof node['value'] === 'string' ? node['value'] : ''),
  },
  {
    what: 'list by reference (7.3)',
    breaks: (node) =>
      node.kind === 'assign' &&
      isNode(node['left']) &&
      Array.isArray(node['left']['items']) &&
      node['left']['items'].some((item: unknown) => isNode(item) && item['byRef'] === true),
  },
  {
    what: 'class of an object (8.0)',
    breaks: (node) =>
      node.kind === 'staticlookup' &&
      isNode(node['what']) &&
      node['what'].kind === 'variable' &&
      isNode(node['offset']) &&
      named(node['offset'], ['class']),
  },
  {
    what: 'new in a default (8.1)',
    breaks: (node) => node.kind === 'parameter' && isNode(node['value']) && node['value'].kind === 'new',
  },
  { what: 'name of a later version', breaks: (node) => node.kind === 'name' && named(node, laterNames) },
];

/** Deprecated by 8.4, an error some day: a parameter that is null by default and whose type does not say so. */
const silentNull: Rule = {
  what: 'null by default without ? (8.4)',
  breaks: (node) =>
    node.kind === 'parameter' &&
    isNode(node['type']) &&
    node['nullable'] === false &&
    isNode(node['value']) &&
    node['value'].kind === 'nullkeyword',
};

const nodesOf = (value: unknown): readonly Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.entries(value).flatMap(([member, inner]) => (member === 'loc' ? [] : nodesOf(inner)))];
};

const lineOf = (node: Node): number | undefined =>
  (node['loc'] as { start?: { line?: number } } | undefined)?.start?.line;

/** Why PHP 7.2 would not run this source, or a later version complain of it: a line each, empty where both are content. */
export const complaintsAbout = (source: string): readonly string[] => {
  const parser = new Engine({ parser: { version: '7.2' }, ast: { withPositions: true } });
  try {
    const tree: unknown = parser.parseCode(source, 'source.php');
    return nodesOf(tree).flatMap((node) =>
      [...rules, silentNull].filter(({ breaks }) => breaks(node)).map(({ what }) => `${lineOf(node) ?? '?'}: ${what}`),
    );
  } catch (error) {
    return [String(error)];
  }
};
