/* Runs of figures that machines give of a location. To read it: events, then judge, then decide. */
export * from './bounds.js';
export * from './commands.js';
export * from './events.js';
export { observerAt } from './decide.js';
export { usualObserver } from './judge.js';
export { type RunStanding, type RunState } from './state.js';
export * from './run-kind.js';
