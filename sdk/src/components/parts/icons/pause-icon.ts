import type { Drawing } from './icon.tsx';

export const pauseIcon: Drawing = ['pause', 'M5.6 3.6v8.8m4.8-8.8v8.8'];
