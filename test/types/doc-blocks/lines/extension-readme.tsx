declare const extensionId: string;
declare const token: string;
