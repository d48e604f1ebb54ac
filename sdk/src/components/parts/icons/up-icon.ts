import type { Drawing } from './icon.tsx';

export const upIcon: Drawing = ['up', 'M8 13V3.4m-4 4 4-4 4 4'];
