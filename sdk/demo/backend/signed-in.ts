import type { Role } from '@usagekit/server/contract';
import type { DemoMember } from '../workspace.ts';

/** The demo's switch sends who is looking in this header. A real product reads its session cookie instead. */
export const viewerHeader = 'Demo-Viewer';

/** Roles of those that the switch names. */
const rolesOf: Readonly<Record<string, readonly Role[]>> = { owner: ['owner', 'admin'], member: ['member'] };

/** The member who sends a request, or undefined for a public visitor. */
export function signedInMember(request: Request, members: readonly DemoMember[]): DemoMember | undefined {
  return memberAs(request.headers.get(viewerHeader) ?? '', members);
}

/** The member as whom the switch lets a page be seen, or undefined for a public visitor. */
export function memberAs(viewer: string, members: readonly DemoMember[]): DemoMember | undefined {
  const roles = rolesOf[viewer];
  return members.find(({ role }) => roles?.includes(role));
}
