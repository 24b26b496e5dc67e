import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { packDebianList } from './debian-2008.ts';
import { debianPlatforms, makeDebianModulus, type DebianPlatform } from './make-debian-key.ts';

// Makes the list of Debian's weak keys anew, from nothing: some hours. What is made is kept in a file, so that it can
// be continued:
//   node ssh-keys/weaknesses/make-debian-list.ts FILE          makes what FILE lacks, then writes the list
//   node ssh-keys/weaknesses/make-debian-list.ts FILE --as-is  writes the list of what FILE has
// Each line of FILE: platform, process id, modulus in hex.

const target = new URL('./data/debian-2008.bin', import.meta.url);
/** Process ids of Linux then. */
const pids = 32_768;

const [file, option] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file that keeps the moduli');

const made = new Map<string, bigint>();
const nameOf = (platform: DebianPlatform, pid: number) => `${platform} ${pid}`;
for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
  const [, name, modulus] = /^(\w+ \d+) ([0-9a-f]{512})$/.exec(line) ?? [];
  if (name !== undefined) made.set(name, BigInt(`0x${modulus}`));
}
if (option !== '--as-is') {
  for (const platform of debianPlatforms) for (let pid = 0; pid < pids; pid += 1) make(platform, pid);
}
writeFileSync(target, packDebianList(new Set(made.values())));
process.stdout.write(`${describeCoverage()}\n`);

function make(platform: DebianPlatform, pid: number): void {
  const name = nameOf(platform, pid);
  if (made.has(name)) return;
  const modulus = makeDebianModulus(platform, pid);
  made.set(name, modulus);
  appendFileSync(String(file), `${name} ${modulus.toString(16)}\n`);
}

function describeCoverage(): string {
  return debianPlatforms
    .map((platform) => {
      const count = Array.from({ length: pids }, (_, pid) => made.has(nameOf(platform, pid))).filter(Boolean).length;
      return `${platform} ${count.toLocaleString('en')} of ${pids.toLocaleString('en')}`;
    })
    .join(', ');
}
