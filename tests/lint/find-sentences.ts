import ts from 'typescript';

/** Two words or more after a capital: what people read looks so. */
const sentence = /^\s*[A-Z][\w’']*(?:,? [\w“”’'{}]+){2,}/;

/** What developers read: errors that end in the log, and the log itself. */
function isForDevelopers(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText().endsWith('Error');
  return ts.isCallExpression(node) && /\blog\b|^console\./.test(node.expression.getText());
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => `{}${literal.text}`)].join('');
}

/**
 * Sentences in the code of one file that are not of the catalogue. A text of a page in HTML counts by its first words.
 */
export function findSentences(file: string, code: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (isForDevelopers(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    const text = textOf(node)?.replace(/<[^>]*>/g, '');
    if (text !== undefined && sentence.test(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const readers = /^(?:t|nativeText|textOf|errorText|format[A-Z]\w*)$/;

/**
 * Texts that a module or a component reads once, while it is set up: they would stay as they are in another language.
 */
export function findReadOnce(file: string, code: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    // A function is called later, but for those that go through a list at once.
    if (ts.isFunctionLike(node) && !(ts.isCallExpression(node.parent) && isListCall(node.parent))) return;
    if (ts.isCallExpression(node) && readers.test(node.expression.getText())) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isListCall({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /^(?:flatMap|map)$/.test(expression.name.text);
}
