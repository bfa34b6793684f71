import { type Client, failed, type ListRequest, type Outcome, readPages, type Resource } from '../webservice/index.js';

/** More rows than anything has that is read whole: an order has some lines, a shop some states. */
export const rowsReadMax = 5_000;

/** All rows of a short list, as a rule; `too_large` when it is longer. */
export const readAllRows = async <Row extends { readonly id: number }>(
  client: Client,
  resource: Resource<Row>,
  request: ListRequest = {},
  signal?: AbortSignal,
  rowsMax = rowsReadMax,
): Promise<Outcome<readonly Row[]>> => {
  const rows: Row[] = [];
  for await (const page of readPages(client, resource, request, signal)) {
    if (page.kind === 'failed') return page;
    rows.push(...page.value);
    if (rows.length > rowsMax) {
      const sentence = `The shop lists more than ${rowsMax} ${resource.path} where some are expected.`;
      return failed({ kind: 'too_large', sentence, applied: 'no' });
    }
  }
  return { kind: 'ok', value: rows };
};
