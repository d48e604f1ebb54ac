import { de } from '@usagekit/react/messages/de';
import { giveKitMessages } from './give-kit-messages.ts';

giveKitMessages(de);
