import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// The tests drive a real browser, curl, oathtool, zbarimg, the tools of SSH keys and, on Linux, a real key store and a
// real clipboard. What is missing is installed where that needs no question (Debian and its kin, as root); elsewhere
// the person is told what to install.

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/**
 * Chromium's engine without its window, which most browser tests take where it is to be had. Ubuntu and older Debians
 * lack it.
 */
const headlessShell = 'chromium-headless-shell';
const clipboardTools = new Map([
  ['Xvfb', 'xvfb'],
  ['xclip', 'xclip'],
  ['xsel', 'xsel'],
]);
const debianPackages = [
  'chromium',
  'curl',
  'oathtool',
  'zbar-tools',
  'openssh-client',
  'openssh-server',
  'openssl',
  'putty-tools',
  'gnome-keyring',
  'dbus-daemon',
  'xvfb',
  'xclip',
  'xsel',
];
const linuxPrograms = [
  'curl',
  'oathtool',
  'zbarimg',
  'ssh-keygen',
  'sshd',
  'openssl',
  'puttygen',
  'gnome-keyring-daemon',
  'dbus-run-session',
  ...clipboardTools.keys(),
];
const keyTools = new Map([
  ['ssh-keygen', 'openssh-client'],
  ['sshd', 'openssh-server'],
  ['openssl', 'openssl'],
  ['puttygen', 'putty-tools'],
]);

/** `mayInstall`: as root on Debian and its kin, what is missing is installed. */
export function ensurePrograms({ mayInstall }: { readonly mayInstall: boolean }): void {
  const missing = listMissing();
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (mayInstall && isRoot && isDebianLike()) {
    console.log(`Installing what the tests drive: ${[...debianPackages, headlessShell].join(' ')} ...`);
    install();
  }
  for (const program of listMissing()) console.log(`Missing: ${program}. ${adviceFor(program)}`);
}

function listMissing(): string[] {
  // Other systems bring their own.
  if (process.platform !== 'linux') return [];
  const isNamed = Boolean(process.env['CHROMIUM_PATH']);
  const missing = linuxPrograms.filter((name) => !isOnPath(name));
  if (!isNamed && !isOnPath(headlessShell)) missing.unshift(headlessShell);
  if (!isNamed && !browsers.some(isOnPath)) missing.unshift('chromium');
  return missing;
}

function adviceFor(program: string): string {
  if (program === 'chromium')
    return 'Install Chromium or Chrome, or name it in CHROMIUM_PATH; the browser tests fail without it.';
  if (program === headlessShell)
    return `On Debian: apt-get install ${headlessShell}; the browser tests take longer without it.`;
  if (program === 'curl') return 'On Debian: apt-get install curl; the tests of sessions fail without it.';
  if (program === 'oathtool')
    return 'On Debian: apt-get install oathtool; the tests with its codes are skipped without it.';
  if (program === 'zbarimg')
    return 'On Debian: apt-get install zbar-tools; the tests that read a QR code from the screen are skipped without it.';
  const clipboardTool = clipboardTools.get(program);
  if (clipboardTool)
    return `On Debian: apt-get install ${clipboardTool}; the tests of the clipboard are skipped without it.`;
  const keyTool = keyTools.get(program);
  if (keyTool) return `On Debian: apt-get install ${keyTool}; tests of SSH keys fail or are skipped without it.`;
  return 'On Debian: apt-get install gnome-keyring dbus-daemon; the tests of the key store are skipped without it.';
}

function install(): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-q', '-y', '--no-install-recommends'];
  for (const args of [
    ['update', '-q'],
    [...install, ...debianPackages],
    // By itself: where a system does not know it, the others shall be installed all the same.
    [...install, headlessShell],
  ]) {
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  }
}

function isDebianLike(): boolean {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

function isOnPath(program: string): boolean {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].some((folder) =>
    existsSync(join(folder, program)),
  );
}
