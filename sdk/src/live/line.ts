// The chunk that is loaded when something is watched.
export { createLiveUpdates } from './live-updates.ts';
export { createRefreshQueue } from './refresh-queue.ts';
