export { givenUp, truncated } from './connection-failures.js';
export { type CommonFailureKind, failed, type HttpFailure, type HttpOutcome, mapped, ok } from './failure.js';
export {
  type ConnectionOptions,
  type HttpAnswer,
  httpClient,
  type HttpClient,
  type HttpClientOptions,
} from './http-client.js';
export { type JsonClient, jsonClient, type JsonRequest } from './json/client.js';
export {
  dateOf,
  FieldError,
  flag,
  type Json,
  malformed,
  momentOf,
  objectIn,
  readAs,
  rowsIn,
  text,
  whole,
} from './json/fields.js';
export { ask, listsBy } from './json/ask.js';
export { readByTime } from './json/lists.js';
export { failureBy, type Meant, type Said } from './json/refusals.js';
export { sendRows } from './json/send-rows.js';
export { createStockRoute, type StockRoute } from './json/stock-route.js';
export { walkOn } from './json/walk.js';
export { piecesOf, readEach } from './pieces.js';
export { failureOfServer, refusedBefore } from './server-failures.js';
export { isWrite, type Method, type ShopRequest } from './request.js';
export { answered, commonMeanings, type Meaning, troubled, troublesBy } from './trouble.js';
export { idCharsMax, piecesWithinAddress } from './within-address.js';
export { judgeBy, type SettingsVerdict, type ShopSettings } from './settings.js';
