// The chunk that is loaded when something is watched.
export { createAnswerIntake } from './answer-intake.ts';
export { lists } from './lists.ts';
export { createLiveUpdates } from './live-updates.ts';
export { createRefreshQueue } from './refresh-queue.ts';
