/** A request, as far as routes read it: one of the platform's, or one that a server holds whole. */
export interface CalledRequest {
  /** Such as `POST`. */
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** What came in its head. */
  readonly headers: {
    /** @param name In lower case. Values of a header that came more than once are joined by commas. */
    get(name: string): string | null;
    /** @param name In lower case. */
    has(name: string): boolean;
  };
  /** The body; at once where it is there already. */
  text(): string | Promise<string>;
  /** The same as a `Request`, for what reads other bodies than text. */
  whole(): Request;
}

/** The platform's request. */
export class PlatformRequest implements CalledRequest {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  get method(): string {
    return this.#request.method;
  }

  get url(): string {
    return this.#request.url;
  }

  get headers(): Headers {
    return this.#request.headers;
  }

  text(): Promise<string> {
    return this.#request.text();
  }

  whole(): Request {
    return this.#request;
  }
}
