import { type Answer, type FeedSource, type NumberedRow, sourceBySequence } from '#channel-kit';
import { readNewest, readPages, type Client, type Resource } from '../../webservice/index.js';
import { answered, troubledBy } from '../trouble.js';

const rowsAfter = async (
  client: Client,
  resource: Resource<NumberedRow>,
  afterId: number,
  signal: AbortSignal,
): Promise<Answer<readonly NumberedRow[]>> => {
  const rows: NumberedRow[] = [];
  for await (const page of readPages(client, resource, { afterId }, signal)) {
    if (page.kind === 'failed') return troubledBy(page.failure);
    rows.push(...page.value);
  }
  return answered(rows);
};

/** Rows that only ever come: history, credit slips, movements. */
export const sourceById = (client: Client, resource: Resource<NumberedRow>): FeedSource =>
  sourceBySequence({
    name: resource.path,
    rowsAfter: (id, signal) => rowsAfter(client, resource, id, signal),
    newestId: async (signal) => {
      const newest = await readNewest(client, resource, 'id', signal);
      return newest.kind === 'failed' ? troubledBy(newest.failure) : answered(newest.value?.id ?? 0);
    },
  });
