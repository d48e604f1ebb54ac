declare module 'ai' {
  export function generateText(options: {
    model: import('@ai-sdk/provider').LanguageModelV4;
    prompt: string;
  }): Promise<{ text: string }>;
}
declare module '@ai-sdk/anthropic' {
  export function anthropic(modelId: string): import('@ai-sdk/provider').LanguageModelV4;
}
