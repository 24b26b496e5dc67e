import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** `node`: everything but the screens. `renderer`: the screens, in a DOM without a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,electron,server,preview,scripts,build,tests}/**/*.test.ts'],
        },
      },
      {
        plugins: [vue()],
        test: { name: 'renderer', environment: 'happy-dom', include: ['renderer/**/*.test.ts'] },
      },
    ],
  },
});
