import { paths } from '../../../contract/http/paths.ts';
import type { Notice } from '../../../contract/notices/notices.ts';
import { type Command, type CommandInput, UsageError } from '../command.ts';
import { type Api, apiFlags, everyItem, withApi } from '../open-api.ts';

/** `usagekit notices list`: what accounts were told, newest first. */
export const noticesListCommand: Command = {
  name: 'notices list',
  operands: '',
  summary: 'Lists the notices of accounts, newest first, with the state of each copy',
  flags: { account: 'Only this account', ...apiFlags },
  switches: { dead: 'Only those with a copy that was given up' },
  json: { prints: 'lines', of: 'GET /v1/notices' },
  async run(input) {
    await withApi(input, async (api) => {
      const query = queryOf(input);
      for await (const notice of everyItem<Notice>(api, `${paths.notices}${query}`))
        input.answer(notice, lineOf(notice));
    });
    return 0;
  },
};

/** `usagekit notices replay`: sends notices that were given up again, under the same ids. */
export const noticesReplayCommand: Command = {
  name: 'notices replay',
  operands: '',
  summary: 'Sends what was given up again, under the same ids: one notice, or all that are dead',
  flags: { account: 'Only this account', id: 'Only this notice of the account', ...apiFlags },
  json: { prints: 'lines', of: 'POST /v1/accounts/:accountId/notices/:noticeId/replay' },
  async run(input) {
    const { account, id } = input.flags;
    if (id !== undefined && account === undefined) throw new UsageError('--id needs --account.');
    let count = 0;
    await withApi(input, async (api) => {
      const dead: { accountId: string; id: string }[] = [];
      if (id !== undefined && account !== undefined) dead.push({ accountId: account, id });
      else {
        const own = account === undefined ? '' : `&accountId=${encodeURIComponent(account)}`;
        for await (const notice of everyItem<Notice>(api, `${paths.notices}?status=dead${own}`))
          dead.push(notice);
      }
      for (const { accountId, id } of dead)
        input.answer(await api.call<Notice>('POST', paths.replayNotice(accountId, id)));
      count = dead.length;
    });
    input.print(count === 1 ? '1 notice is sent again.' : `${count} notices are sent again.`);
    return 0;
  },
};

/** `usagekit listen`: prints webhooks as they come, until it is stopped. */
export const listenCommand: Command = {
  name: 'listen',
  operands: '',
  summary: 'Prints webhooks as they arrive, for development',
  flags: { ...apiFlags, account: 'Only this account', for: 'Stops after this number of seconds' },
  json: { prints: 'lines', of: ['id', 'type', 'timestamp', 'data'] },
  withoutReader: 'ends',
  async run(input) {
    const { flags, tell } = input;
    const seconds = flags.for === undefined ? null : Number(flags.for);
    if (seconds !== null && !(seconds >= 0))
      throw new UsageError(`--for: '${flags.for}' is no number of seconds.`);
    const endsAtMs = seconds === null ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1_000;
    await withApi(input, async (api) => {
      const seen = new Set<string>();
      // Earlier notices are not printed.
      for (const notice of await latest(api, input, seen)) seen.add(notice.webhookId);
      tell('Listening. Stop with Ctrl-C.');
      while (Date.now() < endsAtMs) {
        for (const notice of (await latest(api, input, seen)).toReversed()) {
          seen.add(notice.webhookId);
          const webhook = { id: notice.webhookId, ...notice.body };
          input.answer(webhook, JSON.stringify(webhook));
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(pollMs, endsAtMs - Date.now())));
      }
    });
    return 0;
  },
};

const pollMs = 500;
const pageSize = 100;

/** Those that are not seen yet, newest first. */
async function latest(api: Api, input: CommandInput, seen: ReadonlySet<string>): Promise<Notice[]> {
  const found: Notice[] = [];
  const query = queryOf(input);
  let cursor = '';
  for (;;) {
    const page: { items: Notice[]; nextCursor: string | null } = await api.call(
      'GET',
      `${paths.notices}${query}${query === '' ? '?' : '&'}limit=${pageSize}${cursor}`,
    );
    const fresh = page.items.filter(({ webhookId }) => !seen.has(webhookId));
    found.push(...fresh);
    // At the start one page is enough to know where the present begins.
    if (seen.size === 0 || fresh.length < page.items.length || page.nextCursor === null) return found;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

function queryOf({ flags, switches }: CommandInput): string {
  const query = new URLSearchParams();
  if (flags.account !== undefined) query.set('accountId', flags.account);
  if (switches?.has('dead') === true) query.set('status', 'dead');
  return query.size === 0 ? '' : `?${query}`;
}

function lineOf({ id, accountId, body, deliveries }: Notice): string {
  const copies = deliveries.map(
    ({ channel, endpointId, status, attempts, lastFailure }) =>
      `${endpointId ?? channel}: ${status} after ${attempts}${lastFailure === null ? '' : ` (${lastFailure})`}`,
  );
  return [body.timestamp, accountId, id, body.type, ...copies].join('  ');
}
