import { OwnKeys } from '@usagekit/react/own-keys';

/** What your product offers that calls one provider's models whatever the reader chose. */
const features = [{ label: 'search in documents', provider: 'example' }];

export default function Example() {
  return <OwnKeys features={features} onAdd={(provider) => location.assign(`/settings/keys/${provider}`)} />;
}
