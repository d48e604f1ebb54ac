import type { Drawing } from './icon.tsx';

// Apart from the drawings that are there at first.
export const copyIcon: Drawing = ['copy', 'M5.6 5.6h7.8v7.8H5.6ZM10.4 5.6V2.6H2.6v7.8h3'];
