import { dirname, join, relative, sep } from 'node:path';

// Rules of this project that no linter brings along, for oxlint (.ts) and ESLint (.vue).

const root = join(import.meta.dirname, '..');

/** Each layer may import itself, packages, and only these other layers (docs/architecture.md). */
export const layers = {
  shared: [],
  'electron/services': ['shared'],
  'electron/main': ['electron/services', 'shared'],
  'electron/preload': [],
  preview: ['electron/services', 'shared'],
  renderer: ['shared'],
  server: ['shared'],
};
/** What no layer may import. */
const around = ['tests', 'scripts'];

/** @param {string} path */
function areaOf(path) {
  const name = relative(root, path).split(sep).join('/');
  return [...Object.keys(layers), ...around].find((area) => name.startsWith(`${area}/`));
}

const imports = {
  meta: { type: 'problem', schema: [], messages: { direction: '{{from}} may import only: {{allowed}}' } },
  create(context) {
    const from = areaOf(context.filename);
    const allowed = from === undefined ? undefined : layers[from];
    if (!allowed) return {};
    const check = ({ source }) => {
      if (typeof source?.value !== 'string' || !/^[./]/.test(source.value)) return;
      const to = areaOf(join(dirname(context.filename), source.value));
      if (!to || to === from || allowed.includes(to)) return;
      context.report({
        node: source,
        messageId: 'direction',
        data: { from, allowed: allowed.join(', ') || 'nothing of ours' },
      });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

const waitForServices = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { late: 'The services may be asked a moment later: await expect.poll(() => ...)' },
  },
  create(context) {
    return {
      CallExpression({ callee, arguments: [asserted] }) {
        if (callee.type !== 'Identifier' || callee.name !== 'expect' || !asserted) return;
        if (/\bservices\b|(?<!\.)\bcount\(/.test(context.sourceCode.getText(asserted)))
          context.report({ node: asserted, messageId: 'late' });
      },
    };
  },
};

export default {
  meta: { name: 'project' },
  rules: { 'import-directions': imports, 'wait-for-services': waitForServices },
};
