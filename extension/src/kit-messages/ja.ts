import { ja } from '@usagekit/react/messages/ja';
import { giveKitMessages } from './give-kit-messages.ts';

giveKitMessages(ja);
