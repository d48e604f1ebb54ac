'use client';
/* Loaded later, as a part of its own. Who has the extras from the beginning imports them past it: the build lets a part import more. */
export { panelExtras } from './panel-extras.tsx';
