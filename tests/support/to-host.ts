/** What a reverse proxy does by default: the request goes on under the name of the server behind it. */
export function toHost(bytes: Buffer, host: string): Buffer {
  const text = bytes.toString('latin1');
  return /^[A-Z]+ \S+ HTTP\/1\.1\r\n/.test(text)
    ? Buffer.from(text.replace(/^host: .*$/im, `Host: ${host}`), 'latin1')
    : bytes;
}
