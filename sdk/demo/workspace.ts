import type { Role } from '@usagekit/server/contract';

/** The customer of Fieldnote that the demo shows. */
export const account = { id: 'harbor-studio', name: 'Harbor Studio', timeZone: 'Europe/Berlin' } as const;

export interface DemoMember {
  id: string;
  name: string;
  role: Role;
}

export const members: readonly DemoMember[] = [
  { id: 'research-lead', name: 'Research lead', role: 'owner' },
  { id: 'data-desk', name: 'Data desk', role: 'manager' },
  { id: 'analyst', name: 'Analyst', role: 'member' },
  { id: 'editor', name: 'Editor', role: 'member' },
];
