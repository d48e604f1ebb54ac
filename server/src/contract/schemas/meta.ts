import * as z from 'zod';
import type { Meta } from '../meta.ts';
import { tied } from './tied.ts';

export const meta = tied<Meta>()(
  z.strictObject({ version: z.string(), contractHash: z.string(), mode: z.enum(['test', 'live']) }),
);
