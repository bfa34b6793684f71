export * from './codes.js';
export * from './problem-error.js';
export * from './problem-filter.js';
export * from './render-table.js';
export * from './problems.controller.js';
