/** A drawing's name, its lines, and the lines that are cut out of it, which is then filled. 16 px. */
export type Drawing = readonly [name: string, drawn: string, cut?: string];

// One export each, so that a widget carries only the drawings that it shows; those of later parts have files of their own, since
// bundlers keep together what one file has.
export const warningIcon: Drawing = ['warning', 'M8 2.2 14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.2'];
export const highIcon: Drawing = ['high', 'M8 2.2 14.4 13.4H1.6Z', 'M8 6.4v3.2M8 11.4v.2'];
export const overIcon: Drawing = [
  'over',
  'M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2Z',
  'M8 4.8v3.8M8 11v.2',
];
export const checkIcon: Drawing = ['check', 'm3.2 8.4 3.2 3.2 6.4-7'];
export const dashIcon: Drawing = ['dash', 'M3.6 8h8.8'];
export const clockIcon: Drawing = ['clock', 'M8 4.4V8l2.4 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z'];
export const pauseIcon: Drawing = ['pause', 'M5.6 3.6v8.8m4.8-8.8v8.8'];
