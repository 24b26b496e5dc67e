import type { KnipConfig } from 'knip';

/** What the tests drive that no package brings along: scripts/needed-programs.ts. */
const programs = [
  'Xvfb',
  'dbus-send',
  'ldd',
  'mkfifo',
  'mount',
  'oathtool',
  'sha256sum',
  'ssh-keygen',
  'umount',
  'unshare',
  'zbarimg',
];

/** Files, exports and dependencies that nothing uses: part of npm run lint. */
export default {
  entry: [
    'scripts/*.{ts,mjs}',
    'renderer/index.html',
    'server/{main,embedded}.ts',
    // Started as processes of their own by tests.
    'server/testing/write-loop.ts',
    'tests/faults/{importer,joint-writer,key-pair-writer,passphrase-changer,writer,stored/app-of-a-version}.ts',
    'tests/keyring/keyring-user.ts',
    'tests/soak/soak-app.ts',
    // What a library offers.
    'ssh-keys/index.ts',
    // Made the list that lies beside it, and takes some hours.
    'ssh-keys/weaknesses/make-debian-list.ts',
    'tests/bench/{run,serve-sessions,start-services,use-services}.ts',
    'preview/main.ts',
    'electron/main/{main,key-worker}.ts',
    'electron/preload/preload.ts',
    'tests/**/*.{test,spec,bench}.ts',
    '{shared,ssh-keys,electron,server,preview,scripts,build,renderer}/**/*.test.ts',
  ],
  vitest: { config: ['vitest.config.ts', 'vitest.live.config.ts'] },
  project: ['{shared,ssh-keys,electron,server,preview,scripts,build,tests,renderer}/**/*.{ts,vue,js,mjs}'],
  ignoreBinaries: programs,
  // bun and vue-tsc are started by their paths, tailwindcss is what the style sheet imports.
  ignoreDependencies: ['bun', 'vue-tsc', 'tailwindcss'],
  // The contract is the schemas as much as what is made of them.
  ignoreIssues: { 'shared/contract/**': ['exports'] },
} satisfies KnipConfig;
