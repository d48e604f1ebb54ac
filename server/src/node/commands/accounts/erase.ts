import { setTimeout as pause } from 'node:timers/promises';
import type {
  AccountErasureRequest,
  Erasure,
  MemberErasureRequest,
} from '../../../contract/erasures/erasures.ts';
import { headers } from '../../../contract/http/headers.ts';
import { paths } from '../../../contract/http/paths.ts';
import { newId } from '../../server/new-id.ts';
import { type Command, UsageError } from '../command.ts';
import { type Api, apiFlags, withApi } from '../open-api.ts';

const pollMs = 1_000;

/** `usagekit erase ACCOUNT`: erases an account, or one member of it, and prints the proof. */
export const eraseCommand: Command = {
  name: 'erase',
  operands: 'ACCOUNT',
  summary: 'Replaces an account, or one member, by a pseudonym and prints the proof; figures stay',
  flags: {
    member: 'Erases only this member',
    texts: 'Other names and addresses of the member, separated by commas',
    invoices:
      "For an account: 'keep' (the default), or 'erase' if the law allows the buyer's name to be removed",
    key: 'Idempotency key: the same command with the same key takes effect once',
    ...apiFlags,
  },
  json: { prints: 'one', of: 'GET /v1/erasures/:erasureId' },
  async run(input) {
    const { operands, flags } = input;
    const [accountId] = operands;
    if (accountId === undefined) throw new UsageError('usagekit erase ACCOUNT [--member MEMBER]');
    await withApi(input, async (api) => {
      const { path, request } = orderOf(accountId, flags);
      const ordered = await api.call<Erasure>('POST', path, request, {
        [headers.idempotencyKey]: flags.key ?? newId(),
      });
      const proof = await ended(api, ordered);
      input.answer(proof, JSON.stringify(proof, null, 2));
    });
    return 0;
  },
};

function orderOf(
  accountId: string,
  { member, texts, invoices }: Readonly<Record<string, string | undefined>>,
): { path: string; request: AccountErasureRequest | MemberErasureRequest } {
  if (member === undefined) {
    if (texts !== undefined) throw new UsageError('--texts goes with --member.');
    if (invoices !== undefined && invoices !== 'keep' && invoices !== 'erase')
      throw new UsageError(`--invoices: '${invoices}' is neither keep nor erase.`);
    return {
      path: paths.eraseAccount(accountId),
      request: invoices === undefined ? {} : { invoices },
    };
  }
  if (invoices !== undefined) throw new UsageError('--invoices goes with an account as a whole.');
  const others = texts?.split(',').map((text) => text.trim());
  return {
    path: paths.eraseMember(accountId, member),
    request: others === undefined ? {} : { texts: others },
  };
}

/** An account with a long history is erased while the server goes on. */
async function ended(api: Api, ordered: Erasure): Promise<Erasure> {
  let erasure = ordered;
  while (erasure.status === 'under_way') {
    await pause(pollMs);
    erasure = await api.call<Erasure>('GET', paths.erasure(erasure.id));
  }
  return erasure;
}
