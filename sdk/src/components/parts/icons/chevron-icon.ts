import type { Drawing } from './icon.tsx';

export const chevronIcon: Drawing = ['chevron', 'm6 3.6 4.4 4.4L6 12.4'];
