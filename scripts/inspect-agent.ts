// Reads one User-Agent a line from standard input and prints one JSON object a line: npm run --silent inspect-agent
import { pipeline } from 'node:stream/promises';
import { parseUserAgent } from '../electron/services/features/sessions/agent/parse-user-agent.ts';
import { splitLines } from './split-lines.ts';

/** Bytes. The parser reads far fewer characters of a line. */
const maxLineLength = 4096;

async function* inspect(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const lines of splitLines(source, maxLineLength)) {
    yield lines.map((line) => `${JSON.stringify(parseUserAgent(line))}\n`).join('');
  }
}

try {
  await pipeline(process.stdin, inspect, process.stdout);
} catch (error) {
  // The reader, say `head`, has seen enough.
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
}
