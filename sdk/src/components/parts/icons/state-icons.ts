import type { Drawing } from './icon.tsx';

/** How something stands: done, ended, waiting, under way. */
export const checkIcon: Drawing = ['check', 'm3.2 8.4 3.2 3.2 6.4-7'];
export const dashIcon: Drawing = ['dash', 'M3.6 8h8.8'];
export const clockIcon: Drawing = ['clock', 'M8 4.4V8l2.4 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z'];
export const runningIcon: Drawing = ['running', 'M8 2a6 6 0 1 1-6 6'];
