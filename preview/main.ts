import { parseCommandLine, usage, type CommandLine } from './command-line.ts';
import { StartError } from './start-error.ts';
import { startShell } from './start-shell.ts';
import { createTerminal } from './terminal.ts';

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
  const terminal = createTerminal(process.stdin, console.log);
  const shell = await startShell(commandLine, terminal);
  if (shell.kind === 'already-running') {
    console.log(`Profile Desk already runs on ${shell.dataFolder}: press Enter in its terminal for another link`);
    return;
  }
  const isHeard = terminal.listen(() =>
    console.log(`Open ${shell.newLink()} (good once; it takes the place of the page before)`),
  );
  const next = isHeard ? '\nPress Enter for another link, Ctrl+C to end.' : '';
  console.log(`Profile Desk is ready: open ${shell.newLink()} (the link is good once)${next}`);
  const close = () => {
    terminal.close();
    void shell.close();
  };
  // A second signal while we close ends the process at once, as usual.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, close);
}

function readCommandLine(): CommandLine {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    throw new StartError('usage', error instanceof Error ? error.message : String(error));
  }
}
