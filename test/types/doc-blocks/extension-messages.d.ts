/** As Plasmo's build writes it: the names of the files in `background/messages`. */
import '@plasmohq/messaging';

declare module '@plasmohq/messaging' {
  interface MessagesMetadata {
    standing: object;
  }
}
