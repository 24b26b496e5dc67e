import vueI18n from '@intlify/eslint-plugin-vue-i18n';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

// What oxlint (oxlint.config.ts) has no rules for: templates, and Vue's own in the scripts of the renderer.

const noPageClipboard = 'useCopy of renderer/ui asks the services: Electron gives a page no clipboard.';

export default tseslint.config(
  { ignores: ['**/*', '!renderer', '!renderer/**/*.vue', '!renderer/**/*.ts', '!renderer/**/'] },
  { files: ['**/*.vue'], linterOptions: { reportUnusedDisableDirectives: 'error' } },
  // There most of them are for oxlint, which reports what is not needed.
  { files: ['**/*.ts'], linterOptions: { reportUnusedDisableDirectives: 'off' } },
  ...vue.configs['flat/recommended'],
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    files: ['**/*.{ts,vue}'],
    plugins: { '@intlify/vue-i18n': vueI18n },
    rules: {
      // Electron gives a page no clipboard: what a press copies goes by the services (renderer/ui/actions/use-copy.ts).
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
      // Layout is oxfmt's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
    },
  },
);
