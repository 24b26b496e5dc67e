import type { Whereabouts } from './instance.ts';
import { startShell } from './start-shell.ts';
import { parseCommandLine, usage, type CommandLine } from './command-line.ts';
import { StartError } from './start-error.ts';

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
    console.log(`Profile Desk already runs on ${shell.dataFolder}${tellFirstCopy(shell.where)}`);
    return;
  }
  if (shell.noWindowBecause) console.log(`No window was opened: ${shell.noWindowBecause}.`);
  console.log(
    shell.where.kind === 'window'
      ? 'Profile Desk is open in its own window.'
      : `Profile Desk is ready: open ${shell.where.url} (the link is good once; run this again for another)`,
  );
  void shell.left.then(() => shell.close());
  // A second signal while we close ends the process at once, as usual.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void shell.close());
}

function tellFirstCopy(where: Whereabouts | undefined): string {
  if (!where) return ', and does not say where';
  return where.kind === 'window' ? ' and has opened a window' : `: ${where.url}`;
}

function readCommandLine(): CommandLine {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    throw new StartError('usage', error instanceof Error ? error.message : String(error));
  }
}
