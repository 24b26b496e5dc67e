import { dirname, join, relative, sep } from 'node:path';

// Rules of this project that no linter brings along, for oxlint (.ts) and ESLint (.vue).

const root = join(import.meta.dirname, '..');

/** Each layer may import itself, packages, and only these other layers (docs/architecture.md). */
export const layers = {
  shared: [],
  'ssh-keys': [],
  'electron/services': ['shared', 'ssh-keys'],
  'electron/main': ['electron/services', 'shared'],
  'electron/preload': [],
  preview: ['electron/services', 'shared'],
  renderer: ['shared'],
  server: ['shared'],
};
/** What no layer may import. */
const around = ['tests', 'scripts'];

/**
 * The folders inside a layer, highest first: each may import itself and those below. Files beside them may import all
 * of them, and are imported by them only where they are named. In a folder of `rooms` one room imports no other. What
 * is not named is for tests alone, which may import anything.
 */
export const inside = {
  'electron/services': {
    order: [
      'features',
      'resources',
      'accounts',
      'provider',
      'openid',
      'embedded',
      'vault',
      'log',
      'http',
      'files',
      'page',
      'core',
      'ports.ts',
    ],
    rooms: ['features'],
  },
  renderer: {
    order: ['app', 'pages', 'features', 'patterns', 'account', 'ui', 'lib', 'host'],
    rooms: ['features'],
  },
};

/** @param {string} path */
function nameOf(path) {
  return relative(root, path).split(sep).join('/');
}

/** @param {string} name */
function areaOf(name) {
  return [...Object.keys(layers), ...around].find((area) => name.startsWith(`${area}/`));
}

/**
 * What is wrong with an import inside one layer; undefined if nothing is.
 * @param {string} layer
 * @param {string} from
 * @param {string} to
 */
function faultInside(layer, from, to) {
  const { order, rooms } = inside[layer] ?? {};
  if (!order) return undefined;
  const [upper = '', room] = from.slice(layer.length + 1).split('/');
  const [lower = '', otherRoom] = to.slice(layer.length + 1).split('/');
  if (!order.includes(upper)) return undefined;
  const below = order.slice(order.indexOf(upper));
  if (!below.includes(lower)) return { from: `${layer}/${upper}`, allowed: below.join(', ') };
  if (lower !== upper || !rooms.includes(upper) || room === otherRoom) return undefined;
  return { from: `${layer}/${upper}/${room}`, allowed: `${below.slice(1).join(', ')}, and no sibling` };
}

/**
 * @param {string} from
 * @param {string} to
 */
function faultOf(from, to) {
  const layer = areaOf(from);
  const other = areaOf(to);
  if (!layer || !other) return undefined;
  if (layer === other) return faultInside(layer, from, to);
  const allowed = layers[layer];
  return allowed?.includes(other) === false
    ? { from: layer, allowed: allowed.join(', ') || 'nothing of ours' }
    : undefined;
}

/** Everything that brings in another module. */
function visit(check) {
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
  };
}

const imports = {
  meta: { type: 'problem', schema: [], messages: { direction: '{{from}} may import only: {{allowed}}' } },
  create(context) {
    const from = nameOf(context.filename);
    if (!layers[areaOf(from)]) return {};
    const check = ({ source }) => {
      if (typeof source?.value !== 'string' || !/^[./]/.test(source.value)) return;
      const fault = faultOf(from, nameOf(join(dirname(context.filename), source.value)));
      if (fault) context.report({ node: source, messageId: 'direction', data: fault });
    };
    return visit(check);
  },
};

/** A library is used by its entrance alone; what makes data for tests is for tests. */
const entrances = { 'ssh-keys': 'index.ts' };

const entrance = {
  meta: { type: 'problem', schema: [], messages: { aside: '{{layer}} is used through {{layer}}/{{file}} alone' } },
  create(context) {
    const from = nameOf(context.filename);
    const isTest = /^tests\/|\.test\.ts$|\/testing\//.test(from);
    const check = ({ source }) => {
      if (typeof source?.value !== 'string' || !/^[./]/.test(source.value)) return;
      const to = nameOf(join(dirname(context.filename), source.value));
      const layer = areaOf(to);
      const file = layer && entrances[layer];
      if (!file || layer === areaOf(from) || to === `${layer}/${file}`) return;
      if (isTest && to.startsWith(`${layer}/testing/`)) return;
      context.report({ node: source, messageId: 'aside', data: { layer, file } });
    };
    return visit(check);
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
        if (asserted.type.includes('Function')) return;
        if (/\b(?:services|stage)\b/.test(context.sourceCode.getText(asserted)))
          context.report({ node: asserted, messageId: 'late' });
      },
    };
  },
};

/** What Playwright reads of a page as it is at that moment. */
const reads = new Set(
  `allInnerTexts allTextContents ariaSnapshot boundingBox content count getAttribute innerHTML innerText inputValue
  isChecked isDisabled isEditable isEnabled isHidden isVisible textContent title`.split(/\s+/),
);

/** Each part of `node` but what `skipped` names, and without the functions in it: they run later. */
function* partsOf(node, { visitorKeys }, skipped = []) {
  yield node;
  if (node.type.includes('Function')) return;
  for (const key of visitorKeys[node.type] ?? [])
    if (!skipped.includes(key))
      for (const part of [node[key]].flat()) if (part) yield* partsOf(part, { visitorKeys }, skipped);
}

/** The parts that a value is taken from: of `box.x + 1` the box, of `parse(text)` nothing but the function. */
const sourcesOf = (node, sourceCode) => [...partsOf(node, sourceCode, ['arguments', 'property', 'key'])];

/** `open` of `open()`, `desk.open()` and `(await desk.open()).name`; `ended` of `second.ended`. */
function nameOfAwaited({ argument }) {
  const asked = argument.type === 'CallExpression' ? argument.callee : argument;
  return asked.type === 'MemberExpression' ? asked.property.name : asked.name;
}

// Its option: the names of what gives an answer that no waiting changes, such as that of a server or of a program that
// has ended.
const waitForPage = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      late: 'The page may show it a moment later: await expect(locator).toHave…() or expect.poll(() => …)',
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { answers } = context.options[0];
    const isRead = (part) => part.type === 'AwaitExpression' && reads.has(nameOfAwaited(part));
    /** Whether the name stands for what was read once. */
    const wasRead = ({ type, name }, scope) => {
      if (type !== 'Identifier') return false;
      for (let each = scope; each; each = each.upper) {
        const variable = each.set.get(name);
        if (!variable) continue;
        const [definition] = variable.defs;
        return definition?.node.init ? sourcesOf(definition.node.init, sourceCode).some(isRead) : false;
      }
      return false;
    };
    return {
      CallExpression({ callee, arguments: [asserted] }) {
        if (callee.type !== 'Identifier' || callee.name !== 'expect' || !asserted) return;
        const scope = sourceCode.getScope(asserted);
        const late =
          [...partsOf(asserted, sourceCode)].find(
            (part) => part.type === 'AwaitExpression' && !answers.includes(nameOfAwaited(part)),
          ) ?? sourcesOf(asserted, sourceCode).find((part) => wasRead(part, scope));
        if (late) context.report({ node: late, messageId: 'late' });
      },
    };
  },
};

/** What a template names of a store stands in the store's file, where a search finds it. */
const namedInStore = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { hidden: 'A store gives each thing by its name: destructure it, and list it' },
  },
  create(context) {
    return {
      "CallExpression[callee.name='defineStore'] > :function > BlockStatement > ReturnStatement"({ argument }) {
        for (const node of argument?.properties ?? [])
          if (node.type === 'SpreadElement') context.report({ node, messageId: 'hidden' });
      },
    };
  },
};

export default {
  meta: { name: 'project' },
  rules: {
    'import-directions': imports,
    entrance,
    'wait-for-services': waitForServices,
    'wait-for-page': waitForPage,
    'named-in-store': namedInStore,
  },
};
