import { accountVersionHeader } from '@usagekit/server/contract';

/** Which version of the account each answer speaks of. Answers stay the plain objects that the server sent. */
const versions = new WeakMap<object, number>();

/** Remembers the version that an answer came with, where the server names one. */
export function noteVersion(answer: unknown, { headers: sent }: Response): void {
  const version = sent.get(accountVersionHeader);
  if (version) versions.set(Object(answer), Number(version));
}

/** The version that the answer came with; undefined where the server, or a proxy before it, named none. */
export function versionOf(answer: unknown): number | undefined {
  return versions.get(answer as object);
}

/** Gives an answer that was made of others the version of one of them. */
export function withVersionOf<Answer extends object>(answer: Answer, source: object): Answer {
  const version = versionOf(source);
  if (version !== undefined) versions.set(answer, version);
  return answer;
}
