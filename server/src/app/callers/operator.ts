import type { AuditRecord } from '../../store/installation-records.ts';
import type { AuditDetails } from '../audit/audit-trail.ts';
import { formatInstant } from '../http/instants.ts';
import { AppError } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';

/** A person who works with a secret key by hand, through a console next to the API. */
export interface Operator {
  /** As the audit names the key: its first characters. */
  readonly name: string;
  /** Names the sign-in: the id of its record in the audit, which every process of the installation reads. */
  readonly signInId: string;
  /** Keeps in the audit what the operator did that is no call of the API. */
  note(action: string, details: AuditDetails, accountId?: string | null): Promise<void>;
  /** Whether nobody has ended this sign-in, in this process or in another one. */
  isSignedIn(): Promise<boolean>;
  /** Ends the sign-in for every process, and keeps in the audit that it ended. */
  signOut(): Promise<void>;
}

type Needed = Pick<Services, 'authenticator' | 'audit' | 'clock' | 'mode'>;

const signInAction = 'console sign-in';

/**
 * Finds out whose key it is, and keeps in the audit that it was used to sign in. A test key signs in to test mode only, and a live
 * key to live mode only.
 * @throws AppError `invalid_credentials`, `too_many_attempts`, `expired_credentials`; ReadOnlyError, StoreUnavailableError: then
 * nobody is let in.
 */
export async function signInOperator(
  services: Needed,
  secret: string,
  { address, session }: { readonly address: string | null; readonly session: string },
): Promise<Operator> {
  const actor = await actorOf(services, secret, address);
  const signInId = await services.audit.note(signInAction, actor, { session }, { address });
  return operatorOf(services, { actor, address, signInId, session });
}

/**
 * The operator of a sign-in that this or another process let in. Null where it was ended, or where there is none of this key.
 * @throws AppError as `signInOperator`; StoreUnavailableError.
 */
export async function resumeOperator(
  services: Needed,
  secret: string,
  { address, signInId }: { readonly address: string | null; readonly signInId: string },
): Promise<Operator | null> {
  const actor = await actorOf(services, secret, address);
  const record = await services.audit.find(signInId);
  if (record === undefined || !isOpen(record) || record.actor.name !== actor.name) return null;
  return operatorOf(services, { actor, address, signInId, session: record.details.session ?? '' });
}

async function actorOf(
  { authenticator, mode }: Needed,
  secret: string,
  address: string | null,
): Promise<AuditRecord['actor']> {
  if (!secret.startsWith(`sk_${mode}_`))
    throw new AppError('invalid_credentials', `In ${mode} mode a secret key begins with sk_${mode}_`);
  const caller = await authenticator.fromCredentials(secret, null, address);
  if (caller.kind !== 'secret_key')
    throw new AppError('invalid_credentials', 'Only a secret key signs in here');
  return caller.actor;
}

function operatorOf(
  { audit, clock }: Needed,
  {
    actor,
    address,
    signInId,
    session,
  }: { actor: AuditRecord['actor']; address: string | null; signInId: string; session: string },
): Operator {
  const note: Operator['note'] = async (action, details, accountId = null) => {
    await audit.note(action, actor, details, { address, accountId });
  };
  return {
    name: actor.name,
    signInId,
    note,
    async isSignedIn() {
      const record = await audit.find(signInId);
      return record !== undefined && isOpen(record);
    },
    async signOut() {
      const record = await audit.find(signInId);
      if (record === undefined || !isOpen(record)) return;
      await audit.addTo(record, { endedAt: formatInstant(clock.systemMs) });
      await note('console sign-out', { session });
    },
  };
}

function isOpen({ action, details }: AuditRecord): boolean {
  return action === signInAction && details.endedAt === undefined;
}
