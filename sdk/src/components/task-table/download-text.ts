import { saveFile } from '../parts/save-file.ts';

/** Lets the browser save a text as a file. Only after a click, or browsers may refuse. */
export function downloadText(fileName: string, mediaType: string, text: string): void {
  saveFile(new Blob([text], { type: `${mediaType};charset=utf-8` }), fileName);
}
