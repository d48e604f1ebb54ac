/** Who is signed in, as the server tells it. The key itself stays with the server. */
export interface ConsoleSession {
  /** The first characters of the key. */
  key: string;
  mode: 'test' | 'live';
  endsAt: string;
}

const path = '/console/session';
const signedOutEvent = 'usagekit-console-signed-out';

/** The session that the cookie stands for; undefined where there is none. */
export async function readSession(): Promise<ConsoleSession | undefined> {
  const answered = await fetch(path);
  if (answered.status === 401) return undefined;
  return readJson(answered);
}

/** Exchanges a secret key for a cookie. @throws Error with words for people */
export async function signIn(key: string): Promise<ConsoleSession> {
  const answered = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  return readJson(answered);
}

export async function signOut(): Promise<void> {
  await fetch(path, { method: 'DELETE' });
}

/** Whether the server runs in test mode, which it tells anybody. */
export async function readMode(): Promise<'test' | 'live'> {
  const answered = await fetch('/v1/meta');
  const { mode } = (await answered.json()) as { mode: 'test' | 'live' };
  return mode;
}

/** `fetch` that tells the page where an answer says that the session has ended. */
export const fetchSignedIn: typeof fetch = async (input, init) => {
  const answered = await fetch(input, init);
  if (answered.status === 401) window.dispatchEvent(new Event(signedOutEvent));
  return answered;
};

export function onSignedOut(listener: () => void): () => void {
  window.addEventListener(signedOutEvent, listener);
  return () => window.removeEventListener(signedOutEvent, listener);
}

async function readJson(answered: Response): Promise<ConsoleSession> {
  const body = (await answered.json()) as ConsoleSession & { detail?: string; title?: string };
  if (!answered.ok) throw new Error(body.detail ?? body.title ?? `The server answered ${answered.status}`);
  return body;
}
