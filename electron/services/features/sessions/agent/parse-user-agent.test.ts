import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { arch } from 'node:os';
import UAParser from 'ua-parser-js';
import { describe, expect, it } from 'vitest';
import { sessionSchema } from '../../../../../shared/contract/account/sessions.ts';
import { describeClient } from '../../../http/user-agent.ts';
import {
  type AgentCase,
  androidAgents,
  appAgents,
  clientAgents,
  desktopAgents,
  fieldAgents,
  legacyAgents,
  mobileAgents,
  robotAgents,
  thingAgents,
} from './fixtures/agent-cases.ts';
import { formatAgent } from './fixtures/format-agent.ts';
import { parseUserAgent } from './parse-user-agent.ts';

const sets: readonly (readonly [string, readonly AgentCase[]])[] = [
  ['browser on a computer', desktopAgents],
  ['browser of earlier years', legacyAgents],
  ['Android phone and tablet', androidAgents],
  ['other phone and tablet', mobileAgents],
  ['television, console, watch and car', thingAgents],
  ['app and web view', appAgents],
  ['program that calls an API', clientAgents],
  ['robot', robotAgents],
  ['agent of a bug report', Object.values(fieldAgents).flat()],
];
const all = sets.flatMap(([, cases]) => cases);
const agentSchema = sessionSchema.pick({ browser: true, os: true, device: true, engine: true, cpu: true });
const unknown = {
  browser: { name: null, version: null },
  os: { name: null, version: null },
  device: { vendor: null, model: null, type: null },
  engine: { name: null, version: null },
  cpu: null,
};

describe('E8 · what a User-Agent says of a session', () => {
  it.each(sets)('reads every %s', (_name, cases) => {
    expect(cases.map(([text]) => [text, ...formatAgent(parseUserAgent(text))])).toEqual(cases);
  });

  it('knows no User-Agent twice', () => {
    expect(new Set(all.map(([text]) => text)).size).toBe(all.length);
  });

  it('says only what the contract allows', () => {
    for (const [text] of all) expect(agentSchema.parse(parseUserAgent(text))).toEqual(parseUserAgent(text));
  });

  it('keeps the fields in one order, which is the order of the command line', () => {
    for (const text of ['', 'curl/8.5.0', ...all.map(([each]) => each)]) {
      const keys = JSON.stringify(parseUserAgent(text), (_key, value: unknown) =>
        typeof value === 'object' && value !== null ? value : '·',
      );
      expect(keys).toBe(JSON.stringify(unknown).replaceAll('null', '"·"'));
    }
  });

  it.each(['', '   ', '-', 'Mozilla/5.0', 'hello world', 'null', 'constructor', '\u0000\u202e'])(
    'leaves %j unknown',
    (text) => {
      expect(parseUserAgent(text)).toEqual(unknown);
    },
  );

  it('takes nothing over from the last one read', () => {
    parseUserAgent(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/133.0 Mobile/15E148',
    );
    expect(parseUserAgent('')).toEqual(unknown);
  });

  it('reads on this computer what this app itself sends', () => {
    const processors: Record<string, string> = { x64: 'amd64' };
    const agent = parseUserAgent(describeClient('1.2.3'));
    expect(agent.browser).toEqual({ name: 'Profile Desk', version: '1.2.3' });
    expect(agent.os.name).toMatch(/^(?:Linux|Windows|Mac OS)$/);
    expect(agent.cpu).toBe(processors[arch()] ?? arch());
  });

  it('corrects the library it stands on, and is needed for that', () => {
    const ofLibrary = ([text]: AgentCase) => new UAParser(text).getBrowser().name ?? '?';
    const corrected = all.filter((each) => !each[1].startsWith(`${ofLibrary(each)}/`));
    expect(corrected.map(ofLibrary)).toEqual(
      expect.arrayContaining(['Mozilla', 'Android Browser', 'Electron', 'Chrome', '?']),
    );
  });
});

const chromium = [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

describe('E8 · a real browser', () => {
  it.skipIf(!chromium)('is recognised by what it sends (skipped where there is no Chromium)', () => {
    const page = 'data:text/html,<script>document.write(navigator.userAgent)</script>';
    const { stdout } = spawnSync(chromium ?? '', ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', page], {
      encoding: 'utf8',
    });
    const agent = parseUserAgent(/Mozilla\/5\.0 [^<]+/.exec(stdout)?.[0] ?? '');
    expect(agent.browser).toEqual({ name: 'Chrome Headless', version: expect.stringMatching(/^\d+(?:\.\d+){3}$/) });
    expect(agent.engine).toEqual({ name: 'Blink', version: agent.browser.version });
    expect(agent.os.name).toBe(process.platform === 'darwin' ? 'Mac OS' : 'Linux');
  });
});
