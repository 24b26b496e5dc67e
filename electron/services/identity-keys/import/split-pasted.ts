/** A public key on a line of its own, as in `authorized_keys`: options, type, base64. */
const publicLine = /^\s*(?:[^\s#"]\S*\s+)?(?:ssh|ecdsa|sk)-[\w@.-]+\s+AAAA/;

/** What was pasted, key by key: several private keys one by one, public keys line by line, anything else as it is. */
export function splitPasted(text: string, most: number): string[] {
  const privateKeys = text.match(/^-----BEGIN [A-Z ]*PRIVATE KEY-----/gm)?.length ?? 0;
  // What stands in front of a key stays with it: `openssl ecparam -genkey` puts the curve there.
  if (privateKeys > 1) return withoutEmpty(text.split(/(?<=^-----END [A-Z ]*PRIVATE KEY-----[ \t]*$)/m)).slice(0, most);
  const lines = withoutEmpty(text.split(/\r\n|\r|\n/)).filter((line) => !line.trimStart().startsWith('#'));
  return lines.length > 1 && lines.every((line) => publicLine.test(line)) ? lines.slice(0, most) : [text];
}

function withoutEmpty(parts: readonly string[]): string[] {
  return parts.filter((part) => part.trim() !== '');
}
