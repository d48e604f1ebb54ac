import * as z from 'zod';
import { tied } from '../values/tied-schema.ts';
import type { Meta } from './meta.ts';

export const meta = tied<Meta>()(
  z.strictObject({ version: z.string(), contractHash: z.string(), mode: z.enum(['test', 'live']) }),
);
