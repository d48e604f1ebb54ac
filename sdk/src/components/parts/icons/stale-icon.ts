import type { Drawing } from './icon.tsx';

// Apart from the drawings that widgets show at first, so that what is loaded in trouble imports none of them.
export const staleIcon: Drawing = ['stale', 'M8 5v3h2.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z'];
