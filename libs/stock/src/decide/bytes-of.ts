import { jsonBytes } from '#event-sourcing';
import { metadataBytes } from '../bounds.js';
import type { StockEvent } from '../events.js';

/** About what events take in an append, with their metadata. */
export const bytesOf = (events: readonly StockEvent[]): number =>
  events.reduce((bytes, { data }) => bytes + jsonBytes(data) + metadataBytes, 0);
