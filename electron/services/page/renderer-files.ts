import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface RendererFile {
  readonly path: string;
  readonly type: string;
}

/** What the renderer may load; a file of another type is not part of it. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/**
 * Every file of the built renderer by the path that its address has, e.g. `/assets/index-1a2b.js`. Read once, at boot.
 */
export function listRendererFiles(folder: string, prefix = '/'): Map<string, RendererFile> {
  const files = new Map<string, RendererFile>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const address = `${prefix}${entry.name}`;
    const type = types[extname(entry.name)];
    if (entry.isFile() && type !== undefined) files.set(address, { path, type });
    if (entry.isDirectory()) for (const [inner, file] of listRendererFiles(path, `${address}/`)) files.set(inner, file);
  }
  return files;
}
