/** Names a stock row of the shop, in the connector's own way. Opaque to everybody else. */
export type RowKey = string;
