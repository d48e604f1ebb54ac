import { paths } from '@usagekit/server/contract';
import type { Ports } from '../../chrome/ports.ts';
import { connectionsMax } from '../../core/connection/connection.ts';
import {
  type PendingPairing,
  pairingEnd,
  parseExtensionToken,
  parseStartedPairing,
} from '../../core/connection/pairing.ts';
import { parseServerUrl } from '../../core/connection/server-address.ts';
import { RpcError } from '../../core/rpc/rpc.ts';
import { pollAfterSecondsMin } from '../../core/server/refresh-pacing.ts';
import { wordsOf } from '../../words/words-of.ts';
import type { ExtensionMemory } from '../extension-memory.ts';
import { askServer, revokeToken } from '../server/server-client.ts';
import { connect } from './connect.ts';

/** Rings where the worker was ended while somebody was still approving. */
export const pairingAlarmName = 'pairing';

/** Connects an account by its product's own page (RFC 8628): nothing is typed, and no page sees the token. */
export interface Pairer {
  /**
   * Asks the server for a code and opens the page that approves it.
   * @throws RpcError `invalid_params` for an address that is not valid, `server` where the server cannot be asked.
   */
  begin(serverUrl: string): Promise<void>;
  /** Asks whether it was approved; does nothing while none is waited for. */
  look(): Promise<void>;
  cancel(): Promise<void>;
}

/** @param onConnected called with the new connection. */
export function createPairer(
  ports: Pick<Ports, 'alarms' | 'system' | 'tabs'>,
  memory: ExtensionMemory,
  onConnected: (connectionId: string) => Promise<void>,
): Pairer {
  const { alarms, system, tabs } = ports;
  let underWay: Promise<void> | null = null;
  const words = () => wordsOf(system.format());
  let cancelNext: () => void = () => undefined;

  const lookLater = (pairing: PendingPairing): void => {
    cancelNext();
    cancelNext = system.wait(pairing.intervalSeconds * 1000, () => void look());
  };

  const end = async (pairing: PendingPairing, message: string | null): Promise<void> => {
    const host = new URL(pairing.serverUrl).host;
    await memory.setPairing(null, message === null ? null : { status: 'failed', host, message });
    await alarms.clear(pairingAlarmName);
  };

  const lookOnce = async (): Promise<void> => {
    const pairing = memory.pairing();
    if (pairing === null) return;
    const { serverUrl, deviceCode, verifier } = pairing;
    const host = new URL(serverUrl).host;
    if (pairing.expiresAtMs <= system.nowMs())
      return await end(pairing, pairingEnd('expired_token', host, words()));
    await alarms.set(pairingAlarmName, system.nowMs() + pollAfterSecondsMin * 1000);
    const access = { serverUrl, token: null };
    const answer = await askServer(system, access, paths.pairingToken, parseExtensionToken, {
      body: { deviceCode, verifier },
    });
    const isStillWanted = memory.pairing()?.deviceCode === deviceCode;
    if (answer.kind === 'answered') {
      const { token } = answer.value;
      // A token that nobody wants any more must not stay good.
      if (!isStillWanted) return void (await revokeToken(system, { serverUrl, token }));
      const result = await connect(system, memory, { serverUrl, token });
      if (!result.connected) {
        void revokeToken(system, { serverUrl, token });
        return await end(pairing, result.message);
      }
      await end(pairing, null);
      return await onConnected(result.connectionId);
    }
    if (!isStillWanted || answer.kind === 'unchanged') return;
    // No line, or a server that cannot answer now: the code is still good.
    const isLost = answer.code === null || answer.failure.kind === 'unavailable';
    const message = isLost ? null : pairingEnd(answer.code, host, words());
    if (message !== null) return await end(pairing, message);
    const slower =
      answer.code === 'slow_down' ? { ...pairing, intervalSeconds: pairing.intervalSeconds + 5 } : pairing;
    // The write keeps the worker alive, too, while somebody reads the page.
    await memory.setPairing(slower, { status: 'waiting', host, userCode: pairing.userCode });
    lookLater(slower);
  };

  const look = async (): Promise<void> => {
    underWay ??= lookOnce().finally(() => {
      underWay = null;
    });
    await underWay;
  };

  return {
    async begin(typed) {
      const server = parseServerUrl(typed);
      if (!server.ok) throw new RpcError('invalid_params', words().address[server.problem]);
      if (memory.connections().length >= connectionsMax) {
        throw new RpcError('invalid_params', words().failure.tooManyAccounts(String(connectionsMax)));
      }
      const verifier = randomText();
      const body = { browser: system.browserName(), challenge: await challengeOf(verifier) };
      const access = { serverUrl: server.url, token: null };
      const parse = (value: unknown) => parseStartedPairing(value, server.url);
      const answer = await askServer(system, access, paths.pairings, parse, { body });
      const host = new URL(server.url).host;
      if (answer.kind !== 'answered') {
        const isNotOffered =
          answer.kind === 'failed' && (answer.code === 'conflict' || answer.code === 'not_found');
        throw new RpcError(
          'server',
          isNotOffered
            ? words().failure.noPairingPage(host)
            : answer.kind === 'failed'
              ? answer.failure.message
              : words().failure.noAnswer(host),
        );
      }
      const { deviceCode, userCode, verificationUriComplete, expiresInSeconds, intervalSeconds } =
        answer.value;
      const pairing: PendingPairing = {
        serverUrl: server.url,
        deviceCode,
        verifier,
        userCode,
        approvalUrl: verificationUriComplete,
        intervalSeconds,
        expiresAtMs: system.nowMs() + expiresInSeconds * 1000,
      };
      await memory.setPairing(pairing, { status: 'waiting', host, userCode });
      await alarms.set(pairingAlarmName, system.nowMs() + pollAfterSecondsMin * 1000);
      await tabs.open(pairing.approvalUrl);
      lookLater(pairing);
    },
    look,
    async cancel() {
      cancelNext();
      await memory.setPairing(null, null);
      await alarms.clear(pairingAlarmName);
    },
  };
}

/** 256 random bits in base64url. */
function randomText(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  return toBase64Url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
  );
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
