import { createUsageKitMock } from '@usagekit/react/testing';

/** For the host's own tests, which need no other package to be compiled. */
export const mock = createUsageKitMock({ scenario: 'healthy' });
