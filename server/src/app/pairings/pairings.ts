import { apiBounds } from '../../contract/api-bounds.ts';
import type { KeyRecord, PairingDecision, PairingRecord } from '../../store/installation-records.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../app-options.ts';
import { AttemptBudget } from '../callers/attempt-budget.ts';
import type { MemberCaller } from '../callers/caller.ts';
import { type Keys, randomText, sha256 } from '../callers/keys.ts';
import { AppError } from '../http/reply/problem.ts';
import { newUserCode, parseUserCode } from './user-code.ts';

/** A caller that polls too soon has to wait this much longer for all later polls (RFC 8628, 3.5). */
const slowDownSeconds = 5;
/** A change that others overtake so often in a row is given up. */
const triesMax = 10;

export interface PairingsOptions {
  readonly store: Store;
  readonly clock: Clock;
  newId(): string;
  readonly keys: Keys;
}

export interface NewPairing {
  readonly browser: string;
  readonly challenge: string;
  readonly origin: string | null;
  /** Where the request came from, by which pairings are bounded; null where that is not known. */
  readonly address: string | null;
}

/**
 * Connects browsers as RFC 8628 connects devices. The browser that begins holds a device code and a verifier; a signed-in member
 * approves by the user code; then the browser fetches its token, once. Everything is kept in the store, so each step may reach
 * another process.
 */
export class Pairings {
  readonly #options: PairingsOptions;
  readonly #begun: AttemptBudget;
  readonly #guesses: AttemptBudget;

  constructor(options: PairingsOptions) {
    this.#options = options;
    const most = apiBounds.pairingsInARow;
    this.#begun = new AttemptBudget(options.clock, { inARow: most, perMinute: most });
    this.#guesses = new AttemptBudget(options.clock);
  }

  /** @throws AppError `too_many_attempts` where the address has begun too many. */
  async begin({ address, ...asked }: NewPairing): Promise<{ pairing: PairingRecord; deviceCode: string }> {
    const { store, clock, newId } = this.#options;
    if (address !== null) {
      if (!this.#begun.mayTry(address))
        throw new AppError(
          'too_many_attempts',
          'Too many pairings were started from this address; wait a moment',
        );
      this.#begun.spend(address);
    }
    const deviceCode = randomText();
    const deviceCodeHash = await sha256(deviceCode);
    const nowMs = clock.nowMs();
    for (let tries = 0; tries < triesMax; tries++) {
      const pairing: PairingRecord = {
        ...asked,
        id: newId(),
        deviceCodeHash,
        userCode: newUserCode(),
        createdAtMs: nowMs,
        expiresAtMs: nowMs + apiBounds.pairingSecondsMax * 1_000,
        intervalSeconds: apiBounds.pairingIntervalSeconds,
        polledAtMs: null,
        decision: null,
        revision: 1,
      };
      if (await store.putPairing(pairing)) return { pairing, deviceCode };
    }
    throw new AppError('unavailable', 'No free code was found; try again');
  }

  /**
   * The pairing that a member is asked to approve. A pairing that another member decided does not exist for this one.
   * @throws AppError `too_many_attempts` after too many wrong codes, `not_found` if the code is unknown or expired.
   */
  async find(userCode: string, { accountId, memberId }: MemberCaller): Promise<PairingRecord> {
    const { store, clock } = this.#options;
    const guesser = `${accountId}\n${memberId}`;
    if (!this.#guesses.mayTry(guesser))
      throw new AppError('too_many_attempts', 'Too many wrong codes; wait a moment');
    const pairing = await store.findPairing({ userCode: parseUserCode(userCode) });
    const decision = pairing?.decision ?? null;
    const isAnothers =
      decision !== null && (decision.accountId !== accountId || decision.memberId !== memberId);
    if (pairing === undefined || pairing.expiresAtMs <= clock.nowMs() || isAnothers) {
      this.#guesses.spend(guesser);
      throw new AppError('not_found', 'This code is unknown or has expired');
    }
    return pairing;
  }

  /**
   * Approves or denies for the calling member. The same decision again changes nothing.
   * @throws AppError as `find` does; `conflict` where it was decided otherwise.
   */
  async decide(
    userCode: string,
    caller: MemberCaller,
    outcome: PairingDecision['outcome'],
  ): Promise<PairingRecord> {
    const { accountId, memberId, narrowTo } = caller;
    for (let tries = 0; tries < triesMax; tries++) {
      const pairing = await this.find(userCode, caller);
      if (pairing.decision?.outcome === outcome) return pairing;
      if (pairing.decision !== null)
        throw new AppError('conflict', `This browser was ${pairing.decision.outcome} already`);
      const decided: PairingRecord = {
        ...pairing,
        decision: { outcome, accountId, memberId, narrowTo },
        revision: pairing.revision + 1,
      };
      if (await this.#options.store.putPairing(decided)) return decided;
    }
    throw new AppError('unavailable', 'The pairing is busy; try again');
  }

  /**
   * The token, once, for the browser that began.
   * @param isPresent Whether the member who approved is still in the account.
   * @throws AppError `too_many_attempts`, `invalid_grant`, `expired_token`, `slow_down`, `access_denied`, `authorization_pending`.
   */
  async redeem(
    { deviceCode, verifier, address }: { deviceCode: string; verifier: string; address: string | null },
    isPresent: (decision: PairingDecision) => Promise<boolean>,
  ): Promise<{ record: KeyRecord; secret: string }> {
    const pairing = await this.#poll(deviceCode, verifier, address);
    const { decision } = pairing;
    if (decision === null)
      throw new AppError('authorization_pending', 'Nobody has approved this browser yet');
    // Whoever takes it away is the one that gets the token.
    const isTaken = await this.#options.store.deletePairing(pairing.id);
    if (!isTaken) throw new AppError('invalid_grant', 'The token of this pairing was fetched already');
    if (decision.outcome === 'denied' || !(await isPresent(decision)))
      throw new AppError('access_denied', 'The member did not let this browser connect');
    return await this.#options.keys.create({
      kind: 'extension',
      label: pairing.browser,
      accountId: decision.accountId,
      memberId: decision.memberId,
      narrowTo: decision.narrowTo,
      origin: pairing.origin,
    });
  }

  /** The pairing of a device code, with the moment noted; what asks too soon is told so and has to wait longer. */
  async #poll(deviceCode: string, verifier: string, address: string | null): Promise<PairingRecord> {
    const { store, clock } = this.#options;
    if (address !== null && !this.#guesses.mayTry(address))
      throw new AppError('too_many_attempts', 'Too many wrong codes came from this address; wait a moment');
    const deviceCodeHash = await sha256(deviceCode);
    const challenge = toBase64Url(await sha256(verifier));
    for (let tries = 0; tries < triesMax; tries++) {
      const pairing = await store.findPairing({ deviceCodeHash });
      if (pairing === undefined || pairing.challenge !== challenge) {
        if (address !== null) this.#guesses.spend(address);
        throw new AppError('invalid_grant', 'Unknown device code, or wrong verifier');
      }
      const nowMs = clock.nowMs();
      if (pairing.expiresAtMs <= nowMs)
        throw new AppError('expired_token', 'Nobody approved within ten minutes; start again');
      const { polledAtMs, intervalSeconds } = pairing;
      const isTooSoon = polledAtMs !== null && nowMs - polledAtMs < intervalSeconds * 1_000;
      const polled: PairingRecord = {
        ...pairing,
        polledAtMs: nowMs,
        intervalSeconds: isTooSoon ? intervalSeconds + slowDownSeconds : intervalSeconds,
        revision: pairing.revision + 1,
      };
      if (!(await store.putPairing(polled))) continue;
      if (isTooSoon)
        throw new AppError('slow_down', `Wait ${polled.intervalSeconds} seconds between two calls`);
      return polled;
    }
    throw new AppError('unavailable', 'The pairing is busy; try again');
  }
}

/** Hex digits as base64url without padding. */
function toBase64Url(hex: string): string {
  const bytes = Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
