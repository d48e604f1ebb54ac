/** Answer of `GET /v1/meta`. */
export interface Meta {
  version: string;
  /** Of the OpenAPI document; clients compare it to notice that they are of another version. */
  contractHash: string;
  /** Where a test clock moves time and nothing is charged for real. */
  mode: 'test' | 'live';
}
