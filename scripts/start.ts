import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { findElectron } from './electron/binary.ts';
import { fetchElectron, type FetchOutcome } from './electron/fetch.ts';
import { runElectron } from './electron/run.ts';
import { createProgressLine } from './electron/show-progress.ts';
import { startApp } from './electron/start-app.ts';
import { readSystemFacts } from './electron/system-facts.ts';
import { root, runNode, runTool } from './tools.ts';

// npm start: the app in Electron or, where that cannot be had, the same app in a browser.

const args = process.argv.slice(2);
const isInOrder =
  (await buildIfStale()) &&
  (await startApp({
    findElectron: () => findElectron(root),
    readFacts: readSystemFacts,
    fetch,
    runElectron: (binary) => runElectron(binary, args),
    runBrowserShell: async () => (await runNode(join(root, 'preview', 'main.ts'), args, { output: 'shown' })).ok,
    say: (line) => console.log(line),
  }));
if (!isInOrder) process.exitCode = 1;

async function fetch(): Promise<FetchOutcome> {
  console.log('Fetching Electron once (about 120 MB). Ctrl+C takes the browser instead, this time.');
  const giveUp = new AbortController();
  const abort = () => giveUp.abort();
  const line = createProgressLine(process.stdout);
  process.once('SIGINT', abort);
  const outcome = await fetchElectron(root, { onProgress: line.show, signal: giveUp.signal });
  process.off('SIGINT', abort);
  line.end();
  if (outcome.kind !== 'fetched') return outcome;
  // Only unpacks: what it wants is in the cache now.
  const { ok, output } = await runTool('electron-install', [], { output: 'kept' });
  return ok ? outcome : { kind: 'failed', reason: output.trim().split('\n')[0] || 'its installer failed' };
}
