#!/usr/bin/env node
// The command is the server's own. This package has the name that people type.
await import(new URL('bin/usagekit.js', import.meta.resolve('@usagekit/server/package.json')).href);
