import type { LogRecord } from '../log/record.js';
import type { streams } from './messages.js';

export type Filter = {
  readonly passes: (record: LogRecord) => boolean;
  /** Records that a page of the search goes over. */
  readonly searchWindow: number;
  /** Windows from one checkpoint to the next. */
  readonly checkpointInterval: number;
};

/** When a filtered subscription names none. */
const searchWindowDefault = 32;

/** By the prefix or the pattern of a stream's name or an event's type; undefined when everything passes. */
export const filterIn = (options: streams.ReadReq.Options): Filter | undefined => {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const byStream = filter.getStreamIdentifier();
  const matches = matcherOf(byStream ?? filter.getEventType());
  return {
    passes: (record) => matches(byStream === undefined ? record.type : record.stream),
    searchWindow: filter.hasMax() ? filter.getMax() : searchWindowDefault,
    checkpointInterval: filter.getCheckpointintervalmultiplier(),
  };
};

const matcherOf = (
  expression: streams.ReadReq.Options.FilterOptions.Expression | undefined,
): ((text: string) => boolean) => {
  const prefixes = expression?.getPrefixList() ?? [];
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const pattern = new RegExp(expression?.getRegex() ?? '', 'u');
  return (text) => pattern.test(text);
};
