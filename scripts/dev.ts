import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { buildIfStale } from './build.ts';
import { root } from './tools.ts';

// npm run dev: the renderer from Vite (hot replacement), the services from a browser shell that starts again on
// every change. Vite passes /rpc and /events on. The page keeps the first token of this run; the shell has a new one
// after each start, so the proxy trades one for the other.

const servicesPort = 41_730;
const tokenHeader = 'x-profile-desk-token';
const watched = ['electron/services', 'preview', 'server', 'shared'];
const arguments_ = ['--port', String(servicesPort), '--no-open', ...process.argv.slice(2)];

let shell: ChildProcess | undefined;
let token = '';
process.once('exit', () => shell?.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());
if (await buildIfStale()) {
  const pageToken = await startServices();
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    server: { proxy: { '/rpc': proxy(pageToken), '/events': proxy(pageToken) } },
  });
  await vite.listen();
  console.log(`Profile Desk for development: ${vite.resolvedUrls?.local[0] ?? ''}#token=${pageToken}`);
  restartOnChange();
}

function proxy(pageToken: string) {
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
        if (request.getHeader(tokenHeader) === pageToken) request.setHeader(tokenHeader, token);
      });
    },
  };
}

/** Resolves with the token of the new run. */
function startServices(): Promise<string> {
  return new Promise((resolve) => {
    shell = spawn(process.execPath, [join(root, 'preview', 'main.ts'), ...arguments_], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    shell.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const found = /#token=(\S+)/.exec(text)?.[1];
      if (!found) return;
      token = found;
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
