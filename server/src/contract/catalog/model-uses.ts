/** One kind of what a request to a model uses. A rate card prices it by the rate of the same name. */
export interface ModelUse {
  /** The field of an item that says how much. */
  readonly field:
    | 'inputTokens'
    | 'outputTokens'
    | 'cachedTokens'
    | 'cacheWriteTokens'
    | 'cacheWriteHourTokens'
    | 'reasoningTokens'
    | 'audioInputTokens'
    | 'cachedAudioTokens'
    | 'audioOutputTokens'
    | 'imageInputTokens'
    | 'cachedImageTokens'
    | 'imageOutputTokens'
    | 'images'
    | 'seconds'
    | 'characters'
    | 'pages';
  /** Whether its tokens are input or output; null for kinds that are not tokens. */
  readonly side: 'input' | 'output' | null;
  /** The kinds whose rate it takes if it has none of its own; the first existing rate counts. */
  readonly otherwise: readonly ModelUseName[];
  readonly one: string;
  readonly other: string;
}

/** The name of a kind, and of the rate that prices it. */
export type ModelUseName =
  | 'input'
  | 'output'
  | 'cached'
  | 'cacheWrite'
  | 'cacheWriteHour'
  | 'reasoning'
  | 'audioInput'
  | 'cachedAudio'
  | 'audioOutput'
  | 'imageInput'
  | 'cachedImage'
  | 'imageOutput'
  | 'image'
  | 'second'
  | 'character'
  | 'page';

function tokens(
  field: ModelUse['field'],
  side: 'input' | 'output',
  words: string,
  otherwise: readonly ModelUseName[] = [],
): ModelUse {
  return { field, side, otherwise, one: `${words} token`, other: `${words} tokens` };
}

function counted(field: ModelUse['field'], one: string): ModelUse {
  return { field, side: null, otherwise: [], one, other: `${one}s` };
}

/**
 * Everything that a request to a model may use. No two kinds overlap: tokens that were read from a cache are not counted as
 * input too, and tokens of reasoning are not counted as output too.
 */
export const modelUses: Readonly<Record<ModelUseName, ModelUse>> = {
  input: tokens('inputTokens', 'input', 'input'),
  output: tokens('outputTokens', 'output', 'output'),
  cached: tokens('cachedTokens', 'input', 'cached', ['input']),
  cacheWrite: tokens('cacheWriteTokens', 'input', 'cache write', ['input']),
  cacheWriteHour: tokens('cacheWriteHourTokens', 'input', 'one-hour cache write', ['cacheWrite', 'input']),
  reasoning: tokens('reasoningTokens', 'output', 'reasoning', ['output']),
  audioInput: tokens('audioInputTokens', 'input', 'audio input', ['input']),
  cachedAudio: tokens('cachedAudioTokens', 'input', 'cached audio', ['cached', 'audioInput', 'input']),
  audioOutput: tokens('audioOutputTokens', 'output', 'audio output', ['output']),
  imageInput: tokens('imageInputTokens', 'input', 'image input', ['input']),
  cachedImage: tokens('cachedImageTokens', 'input', 'cached image', ['cached', 'imageInput', 'input']),
  imageOutput: tokens('imageOutputTokens', 'output', 'image output', ['output']),
  image: counted('images', 'image'),
  second: counted('seconds', 'second'),
  character: counted('characters', 'character'),
  page: counted('pages', 'page'),
};

/** The names in the order in which they are told. */
export const modelUseNames = Object.keys(modelUses) as readonly ModelUseName[];
