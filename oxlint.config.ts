import { defineConfig, type OxlintConfig } from 'oxlint';

// All rules for TypeScript. What a template needs is in eslint.config.js. tests/lint breaks each once.

type Rules = NonNullable<OxlintConfig['rules']>;

const noElectron = ['electron', 'electron-store', 'electron-updater'].map((name) => ({
  name,
  message: 'Only electron/main and electron/preload know Electron. Is a port missing?',
}));

const loadLaterInstead = {
  name: 'vue',
  importNames: ['defineAsyncComponent'],
  message: 'loadLater of renderer/ui tries again, and says so.',
};

const noNode = { group: ['node:*'], message: 'This layer runs where there is no Node.' };
// A schema in the renderer would bring zod along; types are enough there.
const noZod = {
  group: [
    '**/shared/contract/**',
    '!**/shared/contract/errors.ts',
    '**/shared/rpc/**',
    '!**/shared/rpc/client.ts',
    '!**/shared/rpc/transport.ts',
  ],
  allowTypeImports: true,
  message: 'This brings zod along.',
};
const inRenderer = { paths: [...noElectron, 'zod', 'axios', loadLaterInstead], patterns: [noNode, noZod] };
/** Test doubles speak for the services, with the real schemas. */
const inTestDoubles = { ...inRenderer, patterns: [noNode] };

/** What tests of screens are answered by others than the page, for good. */
const finalAnswers = [
  ...['statusByCurl', 'trySignInByCurl', 'signInByCurl', 'exchangeByCurl', 'ask', 'post', 'json', 'works'],
  ...['run', 'tryToRun', 'readFile', 'openExport', 'ended', 'startSecondCopy', 'closeAndAnswer'],
];

/** What `strict` of typescript-eslint has on without types, beside what is correctness here too. */
const strict: Rules = {
  'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
  'typescript/consistent-type-imports': 'error',
  'no-array-constructor': 'error',
  'typescript/no-duplicate-enum-values': 'error',
  'typescript/no-dynamic-delete': 'error',
  'typescript/no-empty-object-type': 'error',
  'typescript/no-explicit-any': 'error',
  'typescript/no-extra-non-null-assertion': 'error',
  'typescript/no-extraneous-class': 'error',
  'typescript/no-invalid-void-type': 'error',
  'typescript/no-misused-new': 'error',
  'typescript/no-namespace': 'error',
  'typescript/no-non-null-asserted-nullish-coalescing': 'error',
  'typescript/no-non-null-asserted-optional-chain': 'error',
  'typescript/no-non-null-assertion': 'error',
  'typescript/no-require-imports': 'error',
  'typescript/no-this-alias': 'error',
  'typescript/no-unnecessary-type-constraint': 'error',
  'typescript/no-unsafe-declaration-merging': 'error',
  'typescript/no-unsafe-function-type': 'error',
  'typescript/no-wrapper-object-types': 'error',
  'typescript/prefer-as-const': 'error',
  'typescript/prefer-literal-enum-member': 'error',
  'typescript/prefer-namespace-keyword': 'error',
  'typescript/triple-slash-reference': 'error',
  'typescript/unified-signatures': 'error',
  'no-unused-expressions': 'error',
  'no-unused-vars': 'error',
  'no-useless-constructor': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'prefer-rest-params': 'error',
  'prefer-spread': 'error',
};

/**
 * They count with `--type-aware` alone, and for .vue by scripts/vue-scripts.ts. A promise nobody waits for is an error
 * nobody sees.
 */
export const typedRules: Rules = {
  'typescript/no-floating-promises': 'error',
  'typescript/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
  'typescript/await-thenable': 'error',
  'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};
export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import'],
  jsPlugins: [{ name: 'project', specifier: './scripts/lint-plugin.js' }],
  categories: { correctness: 'error' },
  ignorePatterns: ['dist', '.data', 'release', '/bench', 'test-results', 'coverage'],
  rules: {
    // A copy is taken on purpose where the original changes meanwhile, and types say what the number means.
    'unicorn/no-useless-spread': 'off',
    'unicorn/no-new-array': 'off',
    // TypeScript knows better what a module has, and Vite's queries.
    'import/default': 'off',
    'import/namespace': 'off',
    // Typed ones of oxlint's own choice that this project does not hold.
    'typescript/no-base-to-string': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-redundant-type-constituents': 'off',
    'typescript/no-useless-default-assignment': 'off',
    'typescript/require-array-sort-compare': 'off',
    'typescript/unbound-method': 'off',
    ...strict,
    ...typedRules,
    'project/import-directions': 'error',
    'project/entrance': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'no-restricted-imports': ['error', { paths: noElectron }],
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
    eqeqeq: 'error',
  },
  overrides: [
    // The setup of a store is a list of named functions, as a class is.
    {
      files: ['renderer/**/*.store.ts'],
      rules: {
        'max-lines-per-function': ['error', { max: 240, skipBlankLines: true, skipComments: true }],
        'project/named-in-store': 'error',
      },
    },
    { files: ['renderer/**'], rules: { 'no-restricted-imports': ['error', inRenderer] } },
    {
      files: ['renderer/testing/**', 'renderer/**/*.test.ts'],
      rules: { 'no-restricted-imports': ['error', inTestDoubles] },
    },
    { files: ['shared/**'], rules: { 'no-restricted-imports': ['error', { paths: noElectron, patterns: [noNode] }] } },
    {
      files: ['electron/main/**', 'electron/preload/**', 'tests/electron-boot/**', 'tests/e2e/electron/**'],
      rules: { 'no-restricted-imports': 'off' },
    },
    {
      files: ['**/*.test.ts', 'tests/**'],
      rules: {
        'max-lines-per-function': 'off',
        'typescript/no-non-null-assertion': 'off',
        'project/import-directions': 'off',
      },
    },
    { files: ['tests/screens/**'], rules: { 'project/wait-for-services': 'error' } },
    {
      files: ['tests/screens/**', 'tests/e2e/**'],
      rules: { 'project/wait-for-page': ['error', { answers: finalAnswers }] },
    },
    {
      files: ['scripts/**', 'tests/bench/**', 'preview/main.ts', 'server/main.ts', 'server/testing/**'],
      rules: { 'no-console': 'off' },
    },
    { files: ['*.config.js', '*.config.ts', 'scripts/lint-plugin.js'], rules: { 'import/no-default-export': 'off' } },
    // A component is its file's default, and what it uses is told by its template.
    { files: ['**/*.vue'], rules: { 'import/no-default-export': 'off', 'no-unused-vars': 'off' } },
  ],
});
