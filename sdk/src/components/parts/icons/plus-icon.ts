import type { Drawing } from './icon.tsx';

export const plusIcon: Drawing = ['plus', 'M8 3.6v8.8M3.6 8h8.8'];
