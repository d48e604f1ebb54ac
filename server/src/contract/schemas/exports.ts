import * as z from 'zod';
import type { ArchiveQuery, ExportFormat, ExportQuery } from '../exports.ts';
import { instant } from './primitives.ts';
import { tied } from './tied.ts';

export const exportFormat = tied<ExportFormat>()(z.enum(['csv', 'jsonl']));
export const exportQuery = tied<ExportQuery>()(
  z.strictObject({
    format: exportFormat.exactOptional(),
    from: instant.exactOptional(),
    to: instant.exactOptional(),
  }),
);
export const archiveQuery = tied<ArchiveQuery>()(z.strictObject({ format: exportFormat.exactOptional() }));
