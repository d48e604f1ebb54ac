export { WhyBlocked, type WhyBlockedProps } from './why-blocked.tsx';
export { WhyBlockedView, type WhyBlockedViewProps } from './why-blocked-view.tsx';
