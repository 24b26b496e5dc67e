import vueI18n from '@intlify/eslint-plugin-vue-i18n';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** Each layer may import itself, packages, and only these other layers (docs/architecture.md). */
const layers = {
  shared: [],
  'electron/services': ['shared'],
  'electron/main': ['electron/services', 'shared'],
  'electron/preload': [],
  preview: ['electron/services', 'shared'],
  renderer: ['shared'],
  server: ['shared'],
};

const zones = Object.entries(layers).map(([layer, allowed]) => ({
  target: `./${layer}`,
  from: Object.keys(layers)
    .filter((other) => other !== layer && !allowed.includes(other))
    .concat('tests', 'scripts')
    .map((other) => `./${other}`),
  message: `${layer} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
}));

const noElectron = {
  paths: ['electron', 'electron-store', 'electron-updater'].map((name) => ({
    name,
    message: 'Only electron/main and electron/preload know Electron. Is a port missing?',
  })),
};

const noPageClipboard = 'useCopy of renderer/ui asks the services: Electron gives a page no clipboard.';

const loadLaterInstead = {
  name: 'vue',
  importNames: ['defineAsyncComponent'],
  message: 'loadLater of renderer/ui tries again, and says so.',
};

export default tseslint.config(
  { ignores: ['dist', 'release', 'node_modules', 'bench', 'test-results', 'playwright-report', 'coverage'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue,js}'],
    plugins: { 'import-x': importX },
    // Named outright: looked up by its name "node" it would be mistaken for our dependency of that name.
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.vue'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'no-restricted-imports': ['error', noElectron],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    // A promise nobody waits for is an error nobody sees.
    files: ['{shared,electron,preview,server,renderer,scripts,build,tests}/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['renderer/**/*.{ts,vue}'],
    plugins: { '@intlify/vue-i18n': vueI18n },
    rules: {
      // A schema in the renderer would bring zod along; types are enough there.
      'no-restricted-imports': [
        'error',
        { paths: [...noElectron.paths, 'zod', 'axios', loadLaterInstead], patterns: ['node:*'] },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/shared/(contract/(?!errors)|rpc/(?!client|transport))',
              allowTypeImports: true,
              message: 'This brings zod along.',
            },
          ],
        },
      ],
      // Electron gives a page no clipboard: what a press copies goes by the services (renderer/ui/use-copy.ts).
      'no-restricted-properties': ['error', { object: 'navigator', property: 'clipboard', message: noPageClipboard }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name="clipboard"][object.property.name="navigator"]',
          message: noPageClipboard,
        },
      ],
      '@intlify/vue-i18n/no-raw-text': [
        'error',
        { attributes: { '/.+/': ['title', 'aria-label', 'placeholder', 'alt', 'label'] } },
      ],
      'vue/block-order': ['error', { order: ['script', 'template'] }],
      'vue/no-v-html': 'error',
      // Absent means undefined, as the types say.
      'vue/require-default-prop': 'off',
      // Layout is left to the author: this project has no formatter rules beyond readability.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
    },
  },
  // Test doubles speak for the services, with the real schemas.
  {
    files: ['renderer/testing/**', 'renderer/**/*.test.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  { files: ['shared/**/*.ts'], rules: { 'no-restricted-imports': ['error', { ...noElectron, patterns: ['node:*'] }] } },
  {
    files: [
      'electron/main/**/*.ts',
      'electron/preload/**/*.ts',
      'tests/electron-boot/**/*.ts',
      'tests/e2e/electron/**/*.ts',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.test.ts', 'tests/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'import-x/no-restricted-paths': 'off',
    },
  },
  { files: ['scripts/**', 'tests/bench/**', 'preview/main.ts', 'server/main.ts'], rules: { 'no-console': 'off' } },
  { files: ['*.config.{js,ts}'], rules: { 'import-x/no-default-export': 'off' } },
);
