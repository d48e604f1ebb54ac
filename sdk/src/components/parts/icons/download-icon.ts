import type { Drawing } from './icon.tsx';

export const downloadIcon: Drawing = ['download', 'M8 2.4v7.4m-3-2.8 3 3 3-3M2.6 13.4h10.8'];
