import { FieldError } from './fields.js';
import { ok, type Outcome } from './failure.js';
import { childrenOf, malformedAnswer, type XmlNode } from './xml.js';

/** One kind of row of the webservice. */
export type Resource<Row> = {
  /** Its name in addresses. */
  readonly path: string;
  /** The names of its elements: a list, a row. They are not always those of the address. */
  readonly list: string;
  readonly element: string;
  /** What is asked for; `full` where the rows have associations, which cannot be named one by one. */
  readonly display: readonly string[] | 'full';
  /** @throws FieldError where a field is missing or not what it should be. */
  readonly read: (node: XmlNode) => Row;
};

export const displayOf = ({ display }: Resource<unknown>): string =>
  display === 'full' ? 'full' : `[${display.join(',')}]`;

const readAll = <Row>({ path, read }: Resource<Row>, nodes: readonly XmlNode[]): Outcome<readonly Row[]> => {
  try {
    return ok(nodes.map(read));
  } catch (error) {
    if (error instanceof FieldError) return malformedAnswer(`${path}: ${error.message}`);
    throw error;
  }
};

/** Rows of a list: they stand in an element of their own, and an empty one is an empty list. */
export const rowsInList = <Row>(resource: Resource<Row>, document: XmlNode): Outcome<readonly Row[]> => {
  const [list] = childrenOf(document, resource.list);
  if (list === undefined) return malformedAnswer(`it has no ${resource.list}`);
  return readAll(resource, childrenOf(list, resource.element));
};

/** Rows of an answer to a write, or of a single one: they stand side by side, without a list around them. */
export const rowsInDocument = <Row>(resource: Resource<Row>, document: XmlNode): Outcome<readonly Row[]> =>
  readAll(resource, childrenOf(document, resource.element));
