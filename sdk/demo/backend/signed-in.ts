import { type DemoMember, members } from '../workspace.ts';

/** The demo's switch sends who is looking in this header. A real product reads its session cookie instead. */
export const viewerHeader = 'Demo-Viewer';

/** The signed-in member, or undefined for a public visitor. */
export function signedInMember(request: Request): DemoMember | undefined {
  const id = request.headers.get(viewerHeader);
  return members.find((member) => member.id === id);
}
