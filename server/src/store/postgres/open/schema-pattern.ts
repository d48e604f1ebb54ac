/** The channel of changes is named after the schema, and such a name has at most 63 bytes. */
export const schemaPattern = /^(?!pg_)[a-z_][a-z0-9_]{0,53}$/;
