/** The plural of each kind of use of a model. */
export const modelUses = {
  input: '入力トークン',
  output: '出力トークン',
  cached: 'キャッシュから読んだトークン',
  cacheWrite: 'キャッシュに書いたトークン',
  cacheWriteHour: 'キャッシュに1時間書いたトークン',
  reasoning: '推論トークン',
  audioInput: '音声入力トークン',
  cachedAudio: 'キャッシュから読んだ音声トークン',
  audioOutput: '音声出力トークン',
  imageInput: '画像入力トークン',
  cachedImage: 'キャッシュから読んだ画像トークン',
  imageOutput: '画像出力トークン',
  image: '画像',
  second: '秒',
  character: '文字',
  page: 'ページ',
};
