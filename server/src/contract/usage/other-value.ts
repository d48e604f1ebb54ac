/**
 * Stands for all values of a dimension that are not told one by one. It holds the server's own mark, so that nothing of a host's
 * has this name, whatever the host calls its things.
 */
export const otherValue = '~other';
