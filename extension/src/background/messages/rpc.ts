import type { PlasmoMessaging } from '@plasmohq/messaging';
import { toSender } from '../../chrome/ports/messaging-port.ts';
import { background } from '../instance.ts';

/** The extension's only message. Whatever is sent, it answers with an envelope. */
const answerRpc: PlasmoMessaging.MessageHandler = async ({ body, sender }, response) => {
  response.send(await background.answer(body, toSender(sender)));
};

export default answerRpc;
