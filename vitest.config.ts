import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { keepCompiledCode } from './tests/support/compile-cache.ts';

keepCompiledCode();

// Keys are derived slowly on purpose, and a busy machine is slower still: speed is measured in tests/bench, here only a
// hang shall end.
const patience = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 150_000 } } };
// A process and a DOM of its own for each file cost more than most files do.
const shared = { ...patience, isolate: false, setupFiles: ['tests/support/shared-process.ts'] };

/** They change what belongs to the whole process, or measure it. */
const ownProcess = ['tests/faults/http-faults.test.ts', 'tests/faults/system-issuers.test.ts'];

/** Against real services that take long to start: vitest.live.config.ts. */
const liveTests = '**/*.live.test.ts';

/** `node`: everything but the screens. `renderer`: the screens, in a DOM without a browser. */
export default defineConfig({
  test: {
    // Three to a core of a small machine: a test waits for a process, a disk or an answer for about half of its time.
    maxWorkers: 6,
    // What a test that passed had to say is of no use.
    silent: 'passed-only',
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          ...shared,
          include: ['{shared,ssh-keys,electron,server,preview,scripts,build,tests}/**/*.test.ts'],
          exclude: [...ownProcess, liveTests],
        },
      },
      { test: { name: 'own-process', environment: 'node', ...patience, isolate: true, include: ownProcess } },
      {
        plugins: [vue()],
        test: {
          name: 'renderer',
          ...shared,
          setupFiles: [...shared.setupFiles, 'renderer/testing/unmount-all.ts', 'renderer/testing/load-all-texts.ts'],
          environment: 'happy-dom',
          include: ['renderer/**/*.test.ts'],
        },
      },
    ],
  },
});
