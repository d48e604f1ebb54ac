/** What Plasmo finds by `~`, from the root of an extension. */
declare module '~usage-client' {
  export const usageKit: import('@usagekit/react').UsageKitClient;
}

declare module '~background/messages/standing' {
  export interface Standing {
    isBlocked: boolean;
  }
}
