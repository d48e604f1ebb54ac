import { BillingBanner, CreditBalance, PlanCard, TaskTable, UsagePanel } from '@usagekit/react';
import type { Member } from '@usagekit/server/contract';

interface MemberTabProps {
  members: readonly Member[];
  memberId: string | undefined;
  onMember: (memberId: string) => void;
}

/** The widgets of the kit, read with the rights of one member: what stands here is what they have before them. */
export function MemberTab({ members, memberId, onMember }: MemberTabProps) {
  return (
    <section aria-label="As its user sees it">
      <div className="as-member">
        {memberId === undefined ? (
          <p>This account has no members. These are its figures as an owner would see them.</p>
        ) : (
          <>
            <label htmlFor="member">As seen by</label>
            <select id="member" value={memberId} onChange={(event) => onMember(event.target.value)}>
              {members.map(({ id, name, role }) => (
                <option key={id} value={id}>
                  {name} ({role})
                </option>
              ))}
            </select>
            <p>You look, and do nothing in their name: what would change something here is refused.</p>
          </>
        )}
      </div>
      <div className="widgets" key={memberId}>
        <BillingBanner />
        <UsagePanel headingLevel={2} plan={<PlanCard headingLevel={2} />} />
        <CreditBalance headingLevel={2} />
        <TaskTable headingLevel={2} />
      </div>
    </section>
  );
}
