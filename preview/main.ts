import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { parseCommandLine, usage, type CommandLine } from './command-line.ts';
import { StartError } from './start-error.ts';
import { startShell } from './start-shell.ts';

// Entry of the browser shell: command line in, lines and an exit code out.

try {
  await run(readCommandLine());
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`profile-desk: ${error.message}`);
  process.exitCode = error.exitCode;
}

async function run(commandLine: CommandLine): Promise<void> {
  if (commandLine.help) return console.log(usage);
  const shell = await startShell(commandLine);
  if (shell.kind === 'already-running') {
    console.log(`Profile Desk already runs on ${shell.dataFolder}: press Enter in its terminal for another link`);
    return;
  }
  const input = listenForEnter(shell.newLink);
  const next = input ? '\nPress Enter for another link, Ctrl+C to end.' : '';
  console.log(`Profile Desk is ready: open ${shell.newLink()} (the link is good once)${next}`);
  const close = () => {
    input?.close();
    void shell.close();
  };
  // A second signal while we close ends the process at once, as usual.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, close);
}

/** Where somebody can press Enter: at a terminal or through a pipe. A file, and /dev/null, are no Socket. */
function listenForEnter(newLink: () => string) {
  if (!(process.stdin instanceof Socket)) return undefined;
  return createInterface({ input: process.stdin }).on('line', () =>
    console.log(`Open ${newLink()} (good once; it takes the place of the page before)`),
  );
}

function readCommandLine(): CommandLine {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    throw new StartError('usage', error instanceof Error ? error.message : String(error));
  }
}
