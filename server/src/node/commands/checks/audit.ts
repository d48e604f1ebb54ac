import { paths } from '../../../contract/http/paths.ts';
import type { AuditEntry } from '../../../contract/operations/operations.ts';
import { type Command, UsageError } from '../command.ts';
import { apiFlags, everyItem, withApi } from '../open-api.ts';

/** `usagekit audit`: who changed keys, the catalog and money by hand, newest first. */
export const auditCommand: Command = {
  name: 'audit',
  operands: '',
  summary: 'Lists who changed keys, the catalog and grants, newest first',
  flags: { limit: 'How many, the newest; all by default', ...apiFlags },
  json: { prints: 'lines', of: 'GET /v1/audit' },
  async run(input) {
    const { flags } = input;
    if (flags.limit !== undefined && !/^[1-9]\d{0,8}$/.test(flags.limit))
      throw new UsageError(`--limit: '${flags.limit}' is no number of entries, from 1.`);
    const limit = flags.limit === undefined ? Number.POSITIVE_INFINITY : Number(flags.limit);
    await withApi(input, async (api) => {
      let told = 0;
      for await (const entry of everyItem<AuditEntry>(api, paths.audit)) {
        if (told === limit) break;
        input.answer(entry, describe(entry));
        told += 1;
      }
    });
    return 0;
  },
};

function describe({ at, actor, action, outcome, details, address }: AuditEntry): string {
  const by = `${actor.kind} ${actor.name}${actor.keyId === null ? '' : ` (${actor.keyId})`}`;
  const named = Object.entries(details).flatMap(([name, value]) =>
    value === '' ? [] : [`${name}=${value}`],
  );
  return [at, outcome, action, by, ...(address === null ? [] : [address]), ...named].join('  ');
}
