import type { Agent } from '../../../provider/account-sessions.ts';
import type { Rule } from './rule.ts';

type System = Agent['os'];

const apple: Rule<System>[] = [
  { pattern: /\bwatch os (?<version>\d[\d_]*) like mac/i, is: { name: 'watchOS' } },
  { pattern: /^appletv\d+,\d+\/(?<version>\d[\d.]*)/i, is: { name: 'tvOS' } },
  { pattern: /\(apple tv;.* os (?<version>\d[\d_]*) like mac/i, is: { name: 'tvOS' } },
  { pattern: /^mac os x\/(?<version>\d[\d.]*)/i, is: { name: 'Mac OS' } },
  // From 26 on Safari leaves the system at 18_6 or 18_7; its own version is the system's, as every year.
  {
    pattern: /\bos (?:\d|1\d|2[0-5])_[\d_]+ like mac os x\).* version\/(?<version>(?:2[6-9]|[3-9]\d)(?:\.\d+)?)/i,
    is: { name: 'iOS' },
  },
  { pattern: /\(ios; u; ip\w+ os (?<version>\d[\d_]*);/i, is: { name: 'iOS' } },
  { pattern: /(?<![\w-])ios[/ ](?<version>\d[\d._]*)/i, is: { name: 'iOS' } },
  { pattern: /^\w+-ios\//i, is: { name: 'iOS' } },
  { pattern: /^mozilla\/5\.0 \(ios\) /i, is: { name: 'iOS' } },
];

const android: Rule<System>[] = [
  // Android apps on Chrome OS: the build is the platform's own, Android is only a guest.
  { pattern: /\bandroid \d[^)]* build\/r\d+-(?<version>\d[\d.]*)/i, is: { name: 'Chromium OS' } },
  // What stands after "Android" there is the Android it imitates, not its own version.
  { pattern: /\bharmonyos(?:[ /](?<version>\d[\d.]*))?/i, is: { name: 'HarmonyOS' } },
  { pattern: /\bandroid \(\d+\/(?<version>\d[\d.]*);/i, is: { name: 'Android' } },
  { pattern: /^ucweb\/.*; adr (?<version>\d[\d.]*);/i, is: { name: 'Android' } },
  // An API level (21 to 39) is no version.
  { pattern: /\bandroid[/ ](?:2[1-9]|3\d)(?![\d.])/i, is: { name: 'Android' } },
  // "Nextcloud-android/3.30.0": that version is the program's.
  { pattern: /^[\w-]+-android\/.*(?<![\w-])android[/ ](?<version>\d[\d.]*)/i, is: { name: 'Android' } },
  { pattern: /^(?:mozilla\/5\.0 \(android\) )?[\w-]+-android\//i, is: { name: 'Android' } },
];

const desktop: Rule<System>[] = [
  { pattern: /^mozilla\/5\.0 \(windows\) [\w-]+ v\d/i, is: { name: 'Windows' } },
  { pattern: /^mozilla\/5\.0 \(mac\) [\w-]+ v\d/i, is: { name: 'Mac OS' } },
  { pattern: /windows nt; windows nt 10\.0/i, is: { name: 'Windows', version: '10' } },
  { pattern: /win 9x 4\.90/i, is: { name: 'Windows', version: 'ME' } },
  { pattern: /\blinux\/(?<version>\d[\d.]*)/i, is: { name: 'Linux' }, insteadOf: ['Linux'] },
  // The version there is the package's.
  { pattern: /\(debian-\d/i, is: { name: 'Debian' } },
  // "GNUTLS" is a library, not a system.
  { pattern: /^lynx\//i },
];

const devices: Rule<System>[] = [
  { pattern: /\bweb0s;(?:.*\bwebos(?<version>\d[\d.]*))?/i, is: { name: 'webOS' } },
  { pattern: /\(blackberry;.* version\/(?<version>\d[\d.]*)/i, is: { name: 'BlackBerry' } },
  // The number there is Gecko's.
  {
    pattern: /^mozilla\/5\.0 \((?:mobile|tablet|tv)(?:; [\w ]+)?; rv:[\d.]+\) gecko\/[\d.]+ firefox\/[\d.]+$/i,
    is: { name: 'Firefox OS' },
  },
  { pattern: /\blinux\b(?: (?<version>\d[\d.]*))?.* kindle\//i, is: { name: 'Linux' } },
  { pattern: /^ucweb\/.*; wds (?<version>\d[\d.]*);/i, is: { name: 'Windows Phone' } },
  { pattern: /\bj2me\/midp\b/i },
];

export const osRules: readonly Rule<System>[] = [...apple, ...android, ...desktop, ...devices];
