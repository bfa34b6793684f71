export * from './effects/index.js';
export * from './port/index.js';
export * from './reading/index.js';
export * from './webservice/index.js';
