/** Up to this many rows all are drawn, so that a search in the page finds each of them. */
export const unwindowedRowsMax = 200;
