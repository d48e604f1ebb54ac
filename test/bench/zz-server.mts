process.argv[2] ??= 'consume';
await import('./http-server-process.ts');
const usage0 = process.cpuUsage();
process.on('SIGUSR2', () => { const u = process.cpuUsage(usage0); console.error('cpu ms', u.user / 1000, u.system / 1000); });
process.on('SIGTERM', () => process.exit(0));
