// What is loaded once somebody watches, in one piece.
export { createLiveUpdates } from './live-updates.ts';
export { createRefreshQueue } from './refresh-queue.ts';
