import { expect, it } from 'vitest';
import { problemCodes } from './codes.js';
import { askerCodes } from './codes/asker.js';
import { channelCodes } from './codes/channel.js';
import { definitionCodes } from './codes/definition.js';
import { figureCodes } from './codes/figure.js';
import { messageCodes } from './codes/message.js';
import { recordCodes } from './codes/record.js';
import { requestCodes } from './codes/request.js';
import { serviceCodes } from './codes/service.js';
import { stockCodes } from './codes/stock.js';

const areas: readonly object[] = [
  requestCodes,
  askerCodes,
  channelCodes,
  definitionCodes,
  stockCodes,
  figureCodes,
  messageCodes,
  recordCodes,
  serviceCodes,
];
const codesOf = (all: readonly object[]): readonly string[] => all.flatMap((area) => Object.keys(area));

it('each code stands in one area: of two the later would win without a word', () => {
  expect(codesOf(areas)).toEqual(Object.keys(problemCodes));
});

it('control: a code of two areas is seen', () => {
  const twice = [...areas, { busy: serviceCodes.busy }];
  expect(codesOf(twice)).not.toEqual(Object.keys(Object.assign({}, ...twice) as object));
});
