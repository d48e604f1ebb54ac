import { ar } from '@usagekit/react/messages/ar';
import { giveKitMessages } from './give-kit-messages.ts';

giveKitMessages(ar);
