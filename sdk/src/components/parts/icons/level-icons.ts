import type { Drawing } from './icon.tsx';

/** The steps of a bar, as `LevelWord` shows them. */
export const warningIcon: Drawing = ['warning', 'M8 2.2 14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.2'];
export const highIcon: Drawing = ['high', 'M8 2.2 14.4 13.4H1.6Z', 'M8 6.4v3.2M8 11.4v.2'];
export const overIcon: Drawing = [
  'over',
  'M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2Z',
  'M8 4.8v3.8M8 11v.2',
];
