import type { Drawing } from './icon.tsx';

// Apart from the other drawings, so that a panel loads them with what they open.
export const aboutIcon: Drawing = ['about', 'M8 7.4v3.8M8 4.8v.2M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z'];
export const bellIcon: Drawing = [
  'bell',
  'M8 2a4 4 0 0 0-4 4v3l-1.4 2.4h10.8L12 9V6a4 4 0 0 0-4-4ZM6.6 13.4a1.5 1.5 0 0 0 2.8 0',
];
export const gearIcon: Drawing = [
  'gear',
  'M6.9 2h2.2l.4 1.7 1.2.7 1.7-.5 1.1 1.9L12.2 7v2l1.3 1.2-1.1 1.9-1.7-.5-1.2.7-.4 1.7H6.9l-.4-1.7-1.2-.7-1.7.5-1.1-1.9L3.8 9V7L2.5 5.8l1.1-1.9 1.7.5 1.2-.7ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
];
