import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** Each tool's own JavaScript entry, so that no shell and no `.cmd` file stands between (Windows). */
const entries = {
  'electron-builder': 'electron-builder/cli.js',
  'electron-install': 'electron/install.js',
  eslint: 'eslint/bin/eslint.js',
  knip: 'knip/bin/knip.js',
  oxfmt: 'oxfmt/bin/oxfmt',
  oxlint: 'oxlint/bin/oxlint',
  playwright: '@playwright/test/cli.js',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
  'vue-tsc': 'vue-tsc/bin/vue-tsc.js',
} as const;
export type Tool = keyof typeof entries;

export interface RunOptions {
  /** Shown as it comes, or kept for later. */
  readonly output: 'shown' | 'kept';
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds until it is ended. */
  readonly deadline?: number;
}

export interface RunResult {
  readonly ok: boolean;
  /** Standard output and error, if kept. */
  readonly output: string;
}

export function runTool(tool: Tool, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return runNode(join(root, 'node_modules', entries[tool]), args, options);
}

/** Runs a script with this same Node and waits for its end. */
export function runNode(script: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: options.output === 'shown' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.environment },
      ...(options.deadline && { timeout: options.deadline }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    const unbind = passSignalsOn(child);
    const finish = (result: RunResult) => {
      unbind();
      resolve(result);
    };
    child.on('error', (error) => finish({ ok: false, output: `${output}${error.message}\n` }));
    child.on('close', (code) => finish({ ok: code === 0, output }));
  });
}

/** Lets the child close in order: a terminal's Ctrl+C reaches it by itself, a SIGTERM comes to us alone. */
export function passSignalsOn(child: ChildProcess): () => void {
  const wait = () => undefined;
  const pass = () => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  return () => process.off('SIGINT', wait).off('SIGTERM', pass);
}

/** What a runner wrote, if it came so far. */
export function readReport(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
