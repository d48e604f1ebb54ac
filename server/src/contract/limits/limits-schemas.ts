import * as z from 'zod';
import { tied } from '../values/tied-schema.ts';
import type { LimitPolicy } from './limits.ts';

export const limitPolicy = tied<LimitPolicy>()(z.enum(['hard', 'soft', 'overage', 'unlimited', 'observe']));
