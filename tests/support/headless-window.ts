import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The product opens no window for root. */
export const windowForRoot = { PROFILE_DESK_WINDOW_FOR_ROOT: '1' };

/** A program that is `chromium` without a screen, and with a port through which a test can close its pages. */
export function makeHeadless(chromium: string, folder: string): string {
  const program = join(folder, 'headless');
  // The tests of a container run as root, to whom Chromium refuses its sandbox.
  const sandbox = process.getuid?.() === 0 ? '--no-sandbox' : '';
  writeFileSync(program, `#!/bin/sh\nexec '${chromium}' --headless=new --remote-debugging-port=0 ${sandbox} "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}

/** Closes every page of the browser that has this profile folder, as its person would. */
export async function closePages(profileFolder: string): Promise<void> {
  const [port] = readFileSync(join(profileFolder, 'DevToolsActivePort'), 'utf8').split('\n');
  const address = `http://127.0.0.1:${port}/json`;
  const pages = (await (await fetch(`${address}/list`)).json()) as { id: string; type: string }[];
  for (const { id, type } of pages) if (type === 'page') await fetch(`${address}/close/${id}`);
}
