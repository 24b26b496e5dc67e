import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { buildIfStale } from './build.ts';
import { root } from './tools.ts';

// npm run dev: the renderer from Vite (hot replacement), the services from a browser shell that starts again on
// every change. Vite passes /rpc and /events on. Each start of the shell gives one link, for one page; the link of this
// run is for any number of pages, so the proxy is that page, and lets in whoever came with the link.

const servicesPort = 41_730;
const tokenHeader = 'x-profile-desk-token';
const codeHeader = 'x-profile-desk-code';
const ownToken = randomBytes(32).toString('base64url');
const watched = ['electron/services', 'preview', 'server', 'shared', 'ssh-keys'];
const arguments_ = ['--port', String(servicesPort), ...process.argv.slice(2)];

let shell: ChildProcess | undefined;
/** Of the running shell. */
let code = '';
process.once('exit', () => shell?.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());
if (await buildIfStale()) {
  const pageCode = await startServices();
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    server: { proxy: { '/rpc': proxy(pageCode), '/events': proxy(pageCode) } },
  });
  await vite.listen();
  console.log(`Profile Desk for development: ${vite.resolvedUrls?.local[0] ?? ''}#token=${pageCode}`);
  restartOnChange();
}

function proxy(pageCode: string) {
  const target = `http://127.0.0.1:${servicesPort}`;
  return {
    target,
    changeOrigin: true,
    headers: { origin: target },
    configure(server: {
      on(
        event: 'proxyReq',
        listener: (request: { getHeader(name: string): unknown; setHeader(name: string, value: string): void }) => void,
      ): void;
    }) {
      server.on('proxyReq', (request) => {
        if (request.getHeader(codeHeader) !== pageCode) return;
        request.setHeader(tokenHeader, ownToken);
        request.setHeader(codeHeader, code);
      });
    },
  };
}

/** Resolves with the code of the new run's link. */
function startServices(): Promise<string> {
  return new Promise((resolve) => {
    shell = spawn(process.execPath, [join(root, 'preview', 'main.ts'), ...arguments_], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    shell.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const found = /#token=(\S+)/.exec(text)?.[1];
      if (!found) return;
      code = found;
      resolve(found);
    });
  });
}

function restartOnChange(): void {
  let pending: NodeJS.Timeout | undefined;
  const restart = async () => {
    console.log('Services changed: starting them again ...');
    const ended = new Promise((resolve) => shell?.once('exit', resolve));
    if (shell?.exitCode === null && shell.kill('SIGTERM')) await ended;
    await startServices();
  };
  for (const folder of watched) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(pending);
      pending = setTimeout(() => void restart(), 200);
    });
  }
}
