import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { pageHeaders } from '../services/page/page-headers.ts';
import type { RendererFile } from '../services/page/renderer-files.ts';

const scheme = 'app';
const host = 'profile-desk';
export const appOrigin = `${scheme}://${host}`;
export const startAddress = `${appOrigin}/index.html`;

const headers = { ...pageHeaders({ connectSrc: "'none'" }), 'cache-control': 'no-store' };

/** Gives `app://` an origin like https has. Electron takes this only before it is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
}

/** Answers `app://` from the list alone: what an address holds is looked up, never joined to a path. */
export function serveRenderer(session: Session, files: ReadonlyMap<string, RendererFile>): void {
  session.protocol.handle(scheme, async (request) => {
    const url = URL.parse(request.url);
    const file = url?.host === host ? files.get(url.pathname) : undefined;
    if (!file || request.method !== 'GET') return new Response(null, { status: file ? 405 : 404, headers });
    return new Response(await readFile(file.path), { headers: { ...headers, 'content-type': file.type } });
  });
}
