import { spawnSync } from 'node:child_process';

/** Whether ZBar's program is here: a reader of QR codes that shares no code with ours. */
export const hasZbarimg = spawnSync('zbarimg', ['--version']).status === 0;

/** The text of the one QR code in a picture. */
export function readQrCode(path: string): string {
  const { status, stdout, stderr } = spawnSync('zbarimg', ['--nodbus', '-q', '--raw', path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`no QR code in ${path}: ${stderr}`);
  return stdout.trim();
}
