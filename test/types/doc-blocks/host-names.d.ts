/**
 * What the code in the READMEs takes from its reader's own product, and from packages that the tests do not install. A block that
 * names something else, or calls what is not there, does not compile.
 */
declare global {
  /** Of Express. */
  const app: import('express').Express;
  interface HostUser {
    id: string;
    organizationId: string;
    role: import('@usagekit/server/contract').Role;
  }
  const user: HostUser | undefined;
  const session: import('@usagekit/react').Session;
  function requireSignedInUser(request: import('express').Request): Promise<HostUser>;
  function userOf(request: Request): Promise<HostUser | null>;
  const Skeleton: () => import('react').ReactElement;
  const Retry: (props: { onClick: () => void }) => import('react').ReactElement;
  const MyBillingPage: () => import('react').ReactElement;
  const usageKit: import('@usagekit/react').UsageKitClient;
  /** The backend's client, and what it is made with. */
  const usage: import('@usagekit/node').UsageKitClient;
  const url: string;
  const key: string;
  const question: string;
  const messages: { role: 'user'; content: string }[];
}

export {};
