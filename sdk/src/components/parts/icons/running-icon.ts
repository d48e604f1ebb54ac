import type { Drawing } from './icon.tsx';

export const runningIcon: Drawing = ['running', 'M8 2a6 6 0 1 1-6 6'];
