import type { Invoice } from './invoices.js';

/** The three that can be told apart in the file. */
export const channels = ['dotcom', 'account', 'unregistered'] as const;
export type Channel = (typeof channels)[number];

/** An invoice with a DOT line (the web shop's postage) was sold there; else a customer's number means an account. */
export const channelOf = ({ rows }: Invoice): Channel => {
  if (rows.some((row) => row.sku === 'DOT')) return 'dotcom';
  return rows.some((row) => row.customer !== '') ? 'account' : 'unregistered';
};
