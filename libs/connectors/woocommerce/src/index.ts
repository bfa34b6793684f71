export * from './effects/index.js';
export * from './port/index.js';
export * from './reading/index.js';
export {
  type Client,
  type ClientOptions,
  type Failure,
  type FailureKind,
  type Outcome,
  restClient,
} from './rest/index.js';
