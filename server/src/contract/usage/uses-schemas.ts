import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { decimal, id, instant, pageOf, pageQuery } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import { seriesDimension } from './usage-schemas.ts';
import type { Use, UsesQuery } from './uses.ts';

const value = z.string().max(apiBounds.keptIdCharactersMax);

export const usesQuery = tied<UsesQuery>()(
  z.strictObject({
    ...pageQuery.shape,
    metric: id,
    from: instant,
    to: instant.exactOptional(),
    groupBy: seriesDimension.exactOptional(),
    value: value.exactOptional(),
    except: z.string().max(apiBounds.exceptCharactersMax).exactOptional(),
    taskId: id.exactOptional(),
    memberId: id.exactOptional(),
  }),
);
export const use = tied<Use>()(
  z.strictObject({
    id: z.string(),
    at: instant,
    quantity: decimal,
    taskId: z.string().nullable(),
    taskName: z.string().nullable(),
    agentId: id.nullable(),
    memberId: id.nullable(),
    memberName: z.string().exactOptional(),
    projectId: id.nullable(),
    apiKeyId: id.nullable(),
  }),
);
export const usePage = pageOf(use);
