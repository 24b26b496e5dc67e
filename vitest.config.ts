import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

// Keys are derived slowly on purpose, and a busy machine is slower still: speed is measured in tests/bench, here only a hang shall end.
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

/** `node`: everything but the screens. `renderer`: the screens, in a DOM without a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          ...patience,
          include: ['{shared,electron,server,preview,scripts,build,tests}/**/*.test.ts'],
        },
      },
      {
        plugins: [vue()],
        test: { name: 'renderer', ...patience, environment: 'happy-dom', include: ['renderer/**/*.test.ts'] },
      },
    ],
  },
});
