import type { DoctorFinding } from '../../contract/operations/operations.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import type { ForgottenNoun } from '../../store/store.ts';
import { dueLagSeconds } from '../accounts/commit-due.ts';
import { formatInstant } from '../http/instants.ts';
import { forgottenBeforeMs, forgottenNouns } from '../retention/retention.ts';
import type { Services } from '../services.ts';

/** Set aside things that are told one by one; the others are counted. */
const setAsideTold = 20;
/** Rows that cannot be read which are told one by one; the others are counted. */
const rowsTold = 20;
/** Rows of each short list that are looked at. */
const rowsLooked = 200;
/** From here on what has fallen due waits too long, in seconds. */
const dueLagWarning = 60;
const dueLagError = 600;
/** Audit records that are looked at, the newest. */
const auditLooked = 100;
/** Milliseconds. Rows that could be forgotten for longer than this are told: no server forgets them. */
const forgettingLagMs = 2 * msPerDay;
/** A request does not take so long, in milliseconds. */
const auditBegunMs = 5 * 60_000;

/** Findings for an operator, in a fixed order. Every check says something, so that a missing check is noticed. */
export async function findingsOf(services: Services): Promise<DoctorFinding[]> {
  return [
    ...(await setAsideFindings(services)),
    ...(await rowFindings(services)),
    await dueFinding(services),
    clockFinding(services),
    catalogFinding(services),
    ...(await auditFindings(services)),
    ...(await retentionFindings(services)),
    ...(await services.store.inspect()),
  ];
}

async function setAsideFindings({ store, setAside }: Services): Promise<DoctorFinding[]> {
  await setAside.look();
  const { items } = await store.listSetAside({ limit: setAsideTold });
  if (items.length === 0) return [{ check: 'set_aside', level: 'ok', detail: 'Nothing is set aside.' }];
  const told = items.map(
    ({ id, accountId, noun, reason, setAsideAtMs }): DoctorFinding => ({
      check: 'set_aside',
      level: 'error',
      detail: `${noun} ${id} of ${accountId ?? 'an account that cannot be told'}, since ${formatInstant(setAsideAtMs)}: ${reason}`,
    }),
  );
  return [...told, ...others('set_aside', setAside.count - items.length, 'are set aside')];
}

/** What lists left out. The newest audit records and the first rows of short lists are looked at; the rest is told once it was met. */
async function rowFindings({ store, unreadable }: Services): Promise<DoctorFinding[]> {
  const page = { limit: rowsLooked };
  await store.listAudit(page);
  await store.listWebhookEndpoints(page);
  await store.listErasures({}, page);
  await store.listKeys(page);
  const { rows } = unreadable;
  if (rows.length === 0)
    return [{ check: 'rows', level: 'ok', detail: 'No row was met that cannot be read.' }];
  const told = rows.slice(0, rowsTold).map(
    ({ accountId, id, reason }): DoctorFinding => ({
      check: 'rows',
      level: 'error',
      detail: `${id}${accountId === null || accountId === id ? '' : ` of ${accountId}`} is left out of lists: ${reason}`,
    }),
  );
  return [...told, ...others('rows', rows.length - told.length, 'cannot be read')];
}

/** The count of what is not told one by one. */
function others(check: DoctorFinding['check'], count: number, what: string): DoctorFinding[] {
  return count <= 0 ? [] : [{ check, level: 'error', detail: `${count} more ${what}.` }];
}

async function dueFinding(services: Services): Promise<DoctorFinding> {
  const seconds = await dueLagSeconds(services);
  if (seconds === 0) return { check: 'due', level: 'ok', detail: 'Nothing that has fallen due waits.' };
  const level = seconds > dueLagError ? 'error' : seconds > dueLagWarning ? 'warning' : 'ok';
  return { check: 'due', level, detail: `What fell due ${Math.ceil(seconds)} s ago is not committed yet.` };
}

function clockFinding({ clockDoubtMs }: Services): DoctorFinding {
  const doubtMs = clockDoubtMs();
  if (doubtMs === 0) return { check: 'clock', level: 'ok', detail: "The machine's clock is believed." };
  const seconds = Math.round(doubtMs / 1_000);
  const detail = `The machine's clock was set by ${seconds} s at once and is doubted; send SIGUSR2 where it is right.`;
  return { check: 'clock', level: 'error', detail };
}

function catalogFinding({ catalogs }: Services): DoctorFinding {
  const { refusedVersion } = catalogs;
  if (refusedVersion !== undefined)
    return {
      check: 'catalog',
      level: 'error',
      detail: `Version ${refusedVersion} of the catalog cannot be read, or has mistakes for this version of the server; ${catalogs.hasOne ? 'the one before it holds' : 'none before it can be used'}.`,
    };
  const unused = catalogs.unusedVersions;
  if (unused.length > 0)
    return {
      check: 'catalog',
      level: 'error',
      detail: `Of the catalog ${unused.length === 1 ? 'version' : 'versions'} ${unused.join(', ')} cannot be read or used; accounts on it have the plans of the latest.`,
    };
  if (!catalogs.hasOne) return { check: 'catalog', level: 'warning', detail: 'No catalog has been put yet.' };
  return {
    check: 'catalog',
    level: 'ok',
    detail: `Version ${catalogs.latest.version} of the catalog holds.`,
  };
}

async function auditFindings({ store, clock }: Services): Promise<DoctorFinding[]> {
  const { items } = await store.listAudit({ limit: auditLooked });
  const open = items.filter(
    ({ outcome, atMs }) => outcome === 'begun' && atMs < clock.systemMs - auditBegunMs,
  );
  if (open.length === 0)
    return [{ check: 'audit', level: 'ok', detail: 'Every change by hand has its end.' }];
  return open.map(({ id, action, atMs }) => ({
    check: 'audit',
    level: 'warning',
    detail: `${action} of ${formatInstant(atMs)} (${id}) was begun; look whether it was done.`,
  }));
}

/** Whether what is kept for a time only is forgotten after it. */
async function retentionFindings({ store, clock, retention }: Services): Promise<DoctorFinding[]> {
  const lagging: DoctorFinding[] = [];
  for (const noun of forgottenNouns) {
    const beforeMs = forgottenBeforeMs(retention, noun, clock.systemMs);
    if (!(await store.hasOlder(noun, beforeMs - forgettingLagMs))) continue;
    lagging.push({
      check: 'retention',
      level: 'warning',
      detail: `There are ${forgottenWords[noun]} from before ${formatInstant(beforeMs - forgettingLagMs)}, and they are kept for ${inDays(retention[noun])}. A server that writes forgets them within minutes.`,
    });
  }
  if (lagging.length > 0) return lagging;
  const kept = forgottenNouns.map((noun) => `${forgottenWords[noun]} ${inDays(retention[noun])}`);
  return [{ check: 'retention', level: 'ok', detail: `Nothing is kept for too long: ${kept.join(', ')}.` }];
}

const forgottenWords: Readonly<Record<ForgottenNoun, string>> = {
  answers: 'kept answers',
  notices: 'notices that are done',
  audit: 'audit records',
  keys: 'ended keys',
  pairings: 'ended pairings',
};

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
