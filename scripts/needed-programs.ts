import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// The tests drive a real browser, curl, oathtool, zbarimg, the tools of SSH keys, another project's account server and,
// on Linux, a real key store and a real clipboard. What is missing is installed where that needs no question (Debian
// and its kin, as root); elsewhere the person is told what to install.

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/**
 * Chromium's engine without its window, which most browser tests take where it is to be had. Ubuntu and older Debians
 * lack it.
 */
const headlessShell = 'chromium-headless-shell';
/** An account server of somebody else, which the tests start by themselves. */
const accountServer = 'glewlwyd';
/**
 * Its package would start it, now and whenever the computer starts, with a password that everybody knows. Without these
 * files there is nothing to start; what it is set up from is part of it even where a system leaves documentation out.
 */
const accountServerFiles = [
  '--path-exclude=/etc/init.d/glewlwyd',
  '--path-exclude=*/systemd/system/glewlwyd.service',
  '--path-include=/usr/share/doc/glewlwyd/*',
].map((option) => `--option=Dpkg::Options::=${option}`);
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
  accountServer,
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
    console.log(`Installing what the tests drive: ${[...debianPackages, headlessShell, accountServer].join(' ')} ...`);
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
  if (program === accountServer)
    return 'As root on Debian, npm test installs it without its service; the tests with this server are skipped without it.';
  const clipboardTool = clipboardTools.get(program);
  if (clipboardTool)
    return `On Debian: apt-get install ${clipboardTool}; the tests of the clipboard are skipped without it.`;
  const keyTool = keyTools.get(program);
  if (keyTool) return `On Debian: apt-get install ${keyTool}; tests of SSH keys fail or are skipped without it.`;
  return 'On Debian: apt-get install gnome-keyring dbus-daemon; the tests of the key store are skipped without it.';
}

function install(): void {
  const install = ['install', '-q', '-y', '--no-install-recommends'];
  runTool('apt-get', ['update', '-q']);
  runTool('apt-get', [...install, ...debianPackages]);
  // By themselves: where a system does not know one, the others shall be installed all the same.
  runTool('apt-get', [...install, headlessShell]);
  // Nobody is asked how to set it up, and nothing is set up.
  runTool('debconf-set-selections', [], `${accountServer} ${accountServer}/config_type select No configuration\n`);
  runTool('apt-get', [...install, '--no-remove', ...accountServerFiles, accountServer, 'dbconfig-sqlite3']);
}

function runTool(tool: string, args: readonly string[], input = ''): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(tool, args, { input, stdio: ['pipe', 'ignore', 'inherit'], env: environment });
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
