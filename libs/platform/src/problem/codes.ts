import { askerCodes } from './codes/asker.js';
import { channelCodes } from './codes/channel.js';
import { definitionCodes } from './codes/definition.js';
import { figureCodes } from './codes/figure.js';
import type { CodeMeaning } from './codes/meaning.js';
import { messageCodes } from './codes/message.js';
import { recordCodes } from './codes/record.js';
import { requestCodes } from './codes/request.js';
import { serviceCodes } from './codes/service.js';
import { stockCodes } from './codes/stock.js';

export type { CodeMeaning } from './codes/meaning.js';

/**
 * Every code that an answer of this API can carry: stable, one status each. docs/errors.md is written from this table
 * (`renderProblemTable`) and a test holds the two together.
 */
export const problemCodes = {
  ...requestCodes,
  ...askerCodes,
  ...channelCodes,
  ...definitionCodes,
  ...stockCodes,
  ...figureCodes,
  ...messageCodes,
  ...recordCodes,
  ...serviceCodes,
} as const satisfies Record<string, CodeMeaning>;

export type ProblemCode = keyof typeof problemCodes;
