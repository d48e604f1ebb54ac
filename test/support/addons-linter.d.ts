/** The part of Firefox's linter that the tests call; it comes without types. */
declare module 'addons-linter' {
  interface Finding {
    code: string;
    message: string;
    file?: string;
  }
  interface Linter {
    run(): Promise<{ errors: Finding[]; warnings: Finding[] }>;
  }
  const linter: { createInstance(options: { config: object; runAsBinary: boolean }): Linter };
  export default linter;
}
