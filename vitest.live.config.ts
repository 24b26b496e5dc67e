import { defineConfig } from 'vitest/config';

// npm run test:providers -- --live: against real services on this computer, started once for all files.
export default defineConfig({
  test: {
    name: 'live',
    environment: 'node',
    include: ['tests/providers/live/**/*.live.test.ts'],
    globalSetup: ['tests/providers/live/start-services.ts'],
    // What a test does to the realm, another one would see.
    fileParallelism: false,
    // A real service beside other work answers slowly; only a hang shall end.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
