import { choosePlural } from './choose-plural.ts';

export const plural = choosePlural('de');

/** The plural of each kind of use of a model. */
export const modelUses = {
  input: 'Eingabe-Tokens',
  output: 'Ausgabe-Tokens',
  cached: 'Tokens aus einem Zwischenspeicher',
  cacheWrite: 'Tokens in einen Zwischenspeicher',
  cacheWriteHour: 'Tokens für eine Stunde in einen Zwischenspeicher',
  reasoning: 'Denk-Tokens',
  audioInput: 'Audio-Eingabe-Tokens',
  cachedAudio: 'Audio-Tokens aus einem Zwischenspeicher',
  audioOutput: 'Audio-Ausgabe-Tokens',
  imageInput: 'Bild-Eingabe-Tokens',
  cachedImage: 'Bild-Tokens aus einem Zwischenspeicher',
  imageOutput: 'Bild-Ausgabe-Tokens',
  image: 'Bilder',
  second: 'Sekunden',
  character: 'Zeichen',
  page: 'Seiten',
};
