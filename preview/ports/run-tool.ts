import { spawn } from 'node:child_process';

export interface Tool {
  readonly program: string;
  readonly args: readonly string[];
}

export interface RunToolOptions {
  readonly reads?: boolean;
  /** Milliseconds until it is ended. A small program is done at once, or late on a busy computer: only a hang ends. */
  readonly deadlineMs?: number;
}

/**
 * Runs a small program with `input` on its standard input and gives what it writes; undefined if it is not there, fails
 * or takes too long. What it leaves running behind (the owner of a selection) is not waited for. Never throws.
 */
export function runTool(
  { program, args }: Tool,
  input = '',
  { reads = false, deadlineMs = 20_000 }: RunToolOptions = {},
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Its output goes nowhere unless it is asked for: a copy left behind would hold the pipe open.
    const child = spawn(program, args, { stdio: ['pipe', reads ? 'pipe' : 'ignore', 'ignore'] });
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    const finish = (text: string | undefined): void => {
      clearTimeout(timer);
      resolve(text);
    };
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', () => finish(undefined));
    child.on(reads ? 'close' : 'exit', (code) =>
      finish(code === 0 ? Buffer.concat(chunks).toString('utf8') : undefined),
    );
    // One that does not read gets away with it.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
