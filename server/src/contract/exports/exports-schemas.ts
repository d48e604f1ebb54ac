import * as z from 'zod';
import { instant } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { ArchiveQuery, ExportFormat, ExportQuery } from './exports.ts';

export const exportFormat = tied<ExportFormat>()(z.enum(['csv', 'jsonl', 'parquet']));
export const exportQuery = tied<ExportQuery>()(
  z.strictObject({
    format: exportFormat.exactOptional(),
    from: instant.exactOptional(),
    to: instant.exactOptional(),
  }),
);
export const archiveQuery = tied<ArchiveQuery>()(z.strictObject({ format: exportFormat.exactOptional() }));
