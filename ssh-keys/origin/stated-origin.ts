/** Whose key a file says that it is, where it says so: who may log in, which server it is, or who may sign. */
export const statedOrigins = ['authorized-keys', 'signers', 'known-hosts'] as const;
export type StatedOrigin = (typeof statedOrigins)[number];

const namesOfOptions = new Set(
  [
    ['agent-forwarding', 'cert-authority', 'command', 'environment', 'expiry-time', 'from'],
    ['no-agent-forwarding', 'no-port-forwarding', 'no-pty', 'no-touch-required', 'no-user-rc', 'no-x11-forwarding'],
    ['permitlisten', 'permitopen', 'port-forwarding', 'principals', 'pty', 'restrict', 'tunnel', 'user-rc'],
    ['verify-required', 'x11-forwarding'],
  ].flat(),
);

/**
 * What one word in front of a key makes of it: options (AUTHORIZED_KEYS in sshd(8)), the principals of allowed_signers,
 * which are mail addresses mostly, or the hosts of known_hosts. What could be either is a server's: those are never
 * added.
 */
export function originOfPrefix(word: string): StatedOrigin {
  if (word.startsWith('@')) return 'known-hosts';
  if (splitOptions(word).every(isOption)) return 'authorized-keys';
  // No host holds one.
  return word.includes('@') ? 'signers' : 'known-hosts';
}

/** At commas that stand in no quotes. */
function splitOptions(word: string): readonly string[] {
  return word.match(/(?:\\"|"(?:\\"|[^"])*"|[^",])+/g) ?? [word];
}

/** Options to come will have a value, or a name that is told here some day. */
function isOption(text: string): boolean {
  return namesOfOptions.has(text.toLowerCase()) || /^[a-z0-9@.-]+=/i.test(text);
}

/** File names as OpenSSH and git have them, copies of such files too, and the keys of a server itself. */
const byName: readonly (readonly [RegExp, StatedOrigin])[] = [
  [/known[_-]?hosts/i, 'known-hosts'],
  [/^ssh_host_.*key.*\.pub$/i, 'known-hosts'],
  [/authori[sz]ed[_-]?keys/i, 'authorized-keys'],
  [/allowed[_-]?signers/i, 'signers'],
];
/** Folders with a file for each user or server. */
const byFolder: readonly (readonly [RegExp, StatedOrigin])[] = [
  [/^(?:ssh_)?known_hosts(?:\.d)?$/i, 'known-hosts'],
  [/^authorized_keys(?:\.d)?$/i, 'authorized-keys'],
  [/^allowed_signers(?:\.d)?$/i, 'signers'],
];

/** What the path of a file says of all keys in it. Both kinds of slashes part it. */
export function originOfPath(path: string): StatedOrigin | null {
  const folders = path.split(/[\\/]/);
  const name = folders.pop() ?? '';
  return strictest([
    ...byName.map(([form, origin]) => (form.test(name) ? origin : null)),
    ...folders.flatMap((folder) => byFolder.map(([form, origin]) => (form.test(folder) ? origin : null))),
  ]);
}

/** A server's key cannot be added at all, so what may be one is one. */
export function strictest(origins: readonly (StatedOrigin | null | undefined)[]): StatedOrigin | null {
  return statedOrigins.findLast((origin) => origins.includes(origin)) ?? null;
}
