'use client';
import { lazyPart } from '../parts/lazy-part.ts';

/** `MissingMethod`, which few changes come to. */
export const LazyMissingMethod = lazyPart(() => import('./missing-method.tsx'), 'MissingMethod');
