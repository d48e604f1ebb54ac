/** Answer of `GET /v1/meta`. */
export interface Meta {
  version: string;
  /** Hash of the OpenAPI document; clients compare it with their own to notice another version. */
  contractHash: string;
  /** Where a test clock moves time and nothing is charged for real. */
  mode: 'test' | 'live';
}
