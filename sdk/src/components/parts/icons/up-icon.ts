import type { Drawing } from './icons.ts';

export const upIcon: Drawing = ['up', 'M8 13V3.4m-4 4 4-4 4 4'];
