// Run by start.bench.ts in a process of its own: starts the services once and says how long that took, in milliseconds.

const begun = performance.now();
const { createPorts } = await import('../../preview/ports/create-ports.ts');
const { createServices } = await import('../../electron/services/create-services.ts');
const loaded = performance.now();
const services = await createServices(
  createPorts(process.argv[2] ?? '', {
    keyStore: false,
    answerWithinSeconds: 10,
    embeddedPreset: 'control-account',
    terminal: { ask: () => Promise.resolve(false) },
  }),
);
await Promise.all([services.handlers.app.snapshot(undefined), services.handlers.accounts.list(undefined)]);
console.log(JSON.stringify({ load: loaded - begun, start: performance.now() - loaded }));
await services.close();
