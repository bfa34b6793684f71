export * from './create-http-app.js';
export * from './answers.decorator.js';
export * from './serve-docs.js';
