import type { AuditRecord } from '../../store/store.ts';
import type { AuditDetails } from '../audit/audit-trail.ts';
import { AppError } from '../http/problem.ts';
import type { Services } from '../services.ts';

/** A person who works with a secret key by hand, through a console next to the API. */
export interface Operator {
  /** As the audit names the key: its first characters. */
  readonly name: string;
  /** Keeps in the audit what the operator did that is no call of the API. */
  note(action: string, details: AuditDetails, accountId?: string | null): Promise<void>;
}

/**
 * Finds out whose key it is, and keeps in the audit that it was used to sign in. A test key signs in to test mode only, and a live
 * key to live mode only.
 * @throws AppError `invalid_credentials`, `too_many_attempts`, `expired_credentials`; ReadOnlyError, StoreUnavailableError: then
 * nobody is let in.
 */
export async function signInOperator(
  services: Pick<Services, 'authenticator' | 'audit' | 'mode'>,
  secret: string,
  address: string | null,
): Promise<Operator> {
  const { authenticator, audit, mode } = services;
  if (!secret.startsWith(`sk_${mode}_`))
    throw new AppError('invalid_credentials', `In ${mode} mode a secret key begins with sk_${mode}_`);
  const caller = await authenticator.fromCredentials(secret, null, address);
  if (caller.kind !== 'secret_key')
    throw new AppError('invalid_credentials', 'Only a secret key signs in here');
  const actor: AuditRecord['actor'] = caller.actor;
  const operator: Operator = {
    name: actor.name,
    note: (action, details, accountId = null) => audit.note(action, actor, details, { address, accountId }),
  };
  await operator.note('console sign-in', {});
  return operator;
}
