import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { clientAgents } from '../electron/services/features/sessions/agent/fixtures/agent-cases.ts';
import { parseUserAgent } from '../electron/services/features/sessions/agent/parse-user-agent.ts';
import { bundleOf } from '../tests/support/bundles.ts';

const root = join(import.meta.dirname, '..');
/** As `npm run` calls it, and sooner ready. */
const fromSources = [join(root, 'scripts/run.mjs'), join(root, 'scripts/inspect-agent.ts')];
const command = [await bundleOf('inspect-agent')];
const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });

function inspect(input: string | Uint8Array, script = command) {
  return spawnSync(process.execPath, script, { input, encoding: 'utf8', maxBuffer: 1e9 });
}

const nulls =
  '{"browser":{"name":null,"version":null},"os":{"name":null,"version":null},"device":{"vendor":null,"model":null,"type":null},"engine":{"name":null,"version":null},"cpu":null}';

describe('E8 · npm run --silent inspect-agent', () => {
  it('is the script of package.json', () => {
    const { scripts } = packageSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    expect(scripts['inspect-agent']).toBe('node scripts/run.mjs scripts/inspect-agent.ts');
  });

  it('prints one JSON object a line, in the order of the lines, and nothing else', () => {
    const texts = clientAgents.map(([text]) => text);
    const { stdout, stderr, status } = inspect(texts.join('\n'), fromSources);
    expect(stdout.split('\n')).toEqual([...texts.map((text) => JSON.stringify(parseUserAgent(text))), '']);
    expect([stderr, status]).toEqual(['', 0]);
  });

  it('answers an empty line with nulls, takes CRLF and bytes that are no UTF-8, and needs no last LF', () => {
    const { stdout, status } = inspect(
      Buffer.concat([Buffer.from('\r\n\ncurl/8.5.0\r\n'), Uint8Array.of(0xff, 0x0a), Buffer.from('curl/7')]),
    );
    const curl = (version: string) => nulls.replace('null,"version":null', `"curl","version":"${version}"`);
    expect(stdout.split('\n')).toEqual([nulls, nulls, curl('8.5.0'), nulls, curl('7'), '']);
    expect(status).toBe(0);
  });

  it('prints nothing for no input', () => {
    expect(inspect('')).toMatchObject({ stdout: '', stderr: '', status: 0 });
  });

  it('answers a line before the next one is sent', async () => {
    const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write('curl/8.5.0\n');
    const [answer]: Buffer[] = await once(child.stdout, 'data');
    expect(answer?.toString()).toContain('"version":"8.5.0"');
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends quietly when its reader has seen enough', () => {
    const script = 'yes "curl/8.5.0" | head -n 100000 | "$@" | head -n 1; echo "${PIPESTATUS[2]}"';
    const output = execFileSync('bash', ['-c', script, 'bash', process.execPath, ...command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(output.trim().split('\n')).toEqual([expect.stringContaining('"curl"'), '0']);
  });

  it('takes 100,000 lines, and a line without end', () => {
    const { stdout, status } = inspect(`${'curl/8.5.0\n'.repeat(100_000)}${'x'.repeat(50_000_000)}`);
    expect(stdout.split('\n')).toHaveLength(100_002);
    expect(status).toBe(0);
  });
});
