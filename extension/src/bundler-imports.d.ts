/** The address of a file that the bundler builds on its own. */
declare module 'url:*' {
  const address: string;
  export default address;
}

/** A file's text, inlined by the bundler. */
declare module 'data-text:*' {
  const text: string;
  export default text;
}

/** A sheet that the bundler links from the page. */
declare module '*.css';
