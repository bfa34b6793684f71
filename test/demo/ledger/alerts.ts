import { must, type Service } from './http.js';

type Alert = { readonly channel: string; readonly code: string; readonly detail: string };

const alertsMax = 20;

/** What the ledger would call people for. */
export const alertsOf = async (ledger: Service): Promise<readonly string[]> => {
  const { rows } = (await must(ledger, 'GET', `/v1/alerts?limit=${alertsMax}`)) as {
    readonly rows: readonly Alert[];
  };
  return rows.map(({ channel, code, detail }) => `${channel} ${code}: ${detail}`);
};
