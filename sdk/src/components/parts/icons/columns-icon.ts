import type { Drawing } from './icon.tsx';

// Apart from the drawings that are there at first.
export const columnsIcon: Drawing = ['columns', 'M2.4 3h11.2v10H2.4ZM6.2 3v10m3.6-10v10'];
