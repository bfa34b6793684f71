import { Choice, Cursor, Limit } from '../shared/fields.js';

export class HistoryQuery {
  @Cursor() cursor?: string;
  @Limit() limit?: string;
  @Choice(['desc', 'asc'], 'desc: newest first, when left out; asc: in the order of recording') order?: string;
}
