export { createEvidenceDesk, type Surroundings } from './evidence.js';
export { createRunDesk, type ComparedRow, type RunDesk, type RunName, type RunOutcome } from './run-desk.js';
export { runRunFollower, type LostFigure, type RunFollowerDeps } from './run-follower.js';
export { surroundingsOf } from './surroundings.read-model.js';
