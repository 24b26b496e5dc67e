import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';

/** A test, or a step without tests of its own. */
export interface Failure {
  readonly name: string;
  /** As the runner gave them. */
  readonly messages: readonly string[];
}

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string().optional(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/**
 * One line for each file of which something was skipped: how many, and the first of them, whose name says what it
 * needs.
 */
export function listSkippedByVitest(report: string, root: string): string[] {
  return vitestSchema.parse(JSON.parse(report)).testResults.flatMap(({ name, assertionResults }) => {
    const skipped = assertionResults.filter(({ status }) => !['passed', 'failed'].includes(status));
    const [first] = skipped;
    return first ? [`${below(root, name)}: ${String(skipped.length)} (${first.fullName.trim()})`] : [];
  });
}

/** Also the files that failed before or after their tests. */
export function listFailedByVitest(report: string, root: string): Failure[] {
  return vitestSchema.parse(JSON.parse(report)).testResults.flatMap((result) => {
    const file = below(root, result.name);
    const failed = result.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        name: `${file} › ${fullName.trim()}`,
        messages: failureMessages ?? [],
      }));
    if (failed.length > 0 || result.status !== 'failed') return failed;
    return [{ name: file, messages: [result.message ?? ''] }];
  });
}

/** Output of a runner from what failed outside of its tests, if there is such a thing in it. */
export function cutToUnhandled(output: string): string {
  return output.slice(Math.max(0, output.search(/Unhandled (?:Rejection|Error|Exception)\b/)));
}

function below(root: string, file: string): string {
  return file.startsWith(root) ? file.slice(root.length + 1) : file;
}

interface Spec {
  readonly title: string;
  /** Below the folder of the tests. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly tests: readonly {
    readonly status: string;
    readonly annotations: readonly { readonly type: string; readonly description?: string | undefined }[];
    readonly results?: readonly { readonly errors?: readonly { readonly message?: string | undefined }[] }[];
  }[];
}

interface Suite {
  readonly suites?: readonly Suite[] | undefined;
  readonly specs?: readonly Spec[];
}

function listSpecs(suites: readonly Suite[]): Spec[] {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...listSpecs(suite.suites ?? [])]);
}

/** One line for each test that was skipped, with the reason that it gave. */
export function listSkippedByPlaywright(report: string): string[] {
  const { suites = [] } = JSON.parse(report) as Suite;
  return listSpecs(suites).flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => {
        const reasons = annotations.flatMap(({ type, description }) => (type === 'skip' ? (description ?? []) : []));
        return `${title}: ${reasons.join(', ') || 'no reason given'}`;
      }),
  );
}

export function listFailedByPlaywright(report: string): Failure[] {
  const { suites = [] } = JSON.parse(report) as Suite;
  return listSpecs(suites).flatMap(({ title, file = '', line = 0, tests }) =>
    tests
      .filter(({ status }) => !['expected', 'skipped'].includes(status))
      .map(({ results = [] }) => ({
        name: `tests/${file}:${String(line)} › ${title}`,
        messages: results.flatMap(({ errors = [] }) => errors.map(({ message = '' }) => message)),
      })),
  );
}

/** Of each message, what says what was expected and what came: the rest stands further up. */
const maxLines = 6;
const maxLineLength = 300;
const stackLine = /^\s+at /;
const notOurs = /node_modules|node:internal/;

/** For the end of a log, since that is what is looked at first, or all that is kept. */
export function formatFailures(failures: readonly Failure[]): string {
  return failures.flatMap(({ name, messages }) => [`  ${name}`, ...messages.flatMap(quote)]).join('\n');
}

function quote(message: string): string[] {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const place = lines.find((line) => stackLine.test(line) && !notOurs.test(line));
  const said = lines.filter((line) => !stackLine.test(line)).slice(0, maxLines);
  return [...said, ...(place === undefined ? [] : [place])].map(
    (line) => `      ${line.trimEnd().slice(0, maxLineLength)}`,
  );
}
