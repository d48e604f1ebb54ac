import type { Drawing } from './icon.tsx';

export const crossIcon: Drawing = ['cross', 'm4 4 8 8m0-8-8 8'];
