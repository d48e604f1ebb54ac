import { usageKitDecorator, usageKitGlobalTypes } from '@usagekit/react/testing/storybook';

export default { decorators: [usageKitDecorator], globalTypes: usageKitGlobalTypes };
