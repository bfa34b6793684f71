export * from './by-code.js';
export * from './codes.js';
export * from './field.js';
export * from './numbers.js';
export * from './raw.js';
export * from './values.js';
