export * from './create-http-app.js';
export * from './answers.decorator.js';
export * from './serve-docs.js';
export * from './event-docs/serve-event-docs.js';
export { bytesOf, TakesForms } from './raw-body.js';
