// Plain CommonJS in old syntax, so that any Node can run it far enough to say what is missing.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    'UsageKit needs Node 24 or newer and found ' +
      process.version +
      ': run `npm ci` first (it brings Node 24 along), then use `npm run`.',
  );
  process.exit(1);
}
