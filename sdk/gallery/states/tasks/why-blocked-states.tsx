import type { ReactElement } from 'react';
import { WhyBlocked, WhyBlockedView } from '../../../src/components/why-blocked/index.ts';
import { diagnoses } from '../../fixtures/diagnosis.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const shown = (state: string, element: ReactElement): GalleryState => ({
  widget: 'WhyBlocked',
  state,
  element,
});

export const whyBlockedStates: GalleryState[] = [
  shown('credits', <WhyBlocked data={diagnoses.credits} />),
  shown('task waits for credits', <WhyBlocked data={diagnoses.waitingTask} />),
  shown('plan limit', <WhyBlocked data={diagnoses.planLimit} onOpenTask={() => {}} />),
  shown('failed tasks', <WhyBlocked data={diagnoses.failedTasks} onOpenTask={() => {}} />),
  shown('for a member', <WhyBlocked data={diagnoses.forMember} />),
  shown('allocation', <WhyBlocked data={diagnoses.allocation} />),
  shown('everything at once', <WhyBlocked data={diagnoses.everything} onAction={() => {}} />),
  shown('at risk', <WhyBlocked data={diagnoses.atRisk} />),
  shown('nothing blocks', <WhyBlocked data={diagnoses.clear} />),
  shown('loading', <WhyBlockedView resource={loading()} />),
  shown('stale', <WhyBlockedView resource={stale(diagnoses.credits)} />),
  shown('error', <WhyBlockedView resource={failed()} />),
  shown('not permitted', <WhyBlockedView resource={notPermitted()} />),
];
