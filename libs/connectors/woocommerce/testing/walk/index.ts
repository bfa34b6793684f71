export type { Act } from './acts.js';
export { judged } from './judged.js';
export { reportOf, type WalkReport } from './report.js';
export { missedIn, shrunk } from './shrunk.js';
export { randomActs, type Step, walk } from './walk.js';
