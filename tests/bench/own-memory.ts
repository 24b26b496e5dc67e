import { readFileSync } from 'node:fs';

/**
 * Bytes of this process that are in use and come from no file (`RssAnon` of proc_pid_status(5)). How many pages of
 * Node's own file are in memory besides depends on how much of Node was ever called, and the system drops them when it
 * wants to. Elsewhere than on Linux nobody tells them apart.
 */
export function ownMemory(): number {
  if (process.platform !== 'linux') return process.memoryUsage.rss();
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error('/proc/self/status says nothing of RssAnon');
  return Number(kilobytes) * 1_024;
}
