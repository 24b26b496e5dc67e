import type { Agent } from '../../../provider/account-sessions.ts';
import type { Rule } from './rule.ts';

type Device = Agent['device'];

const apple: Rule<Device>[] = [
  { pattern: /^(?!mozilla\/).*\b(?<model>iphone\d+,\d+)/i, is: { vendor: 'Apple', type: 'mobile' } },
  { pattern: /^(?!mozilla\/).*\b(?<model>ipad\d+,\d+)/i, is: { vendor: 'Apple', type: 'tablet' } },
  { pattern: /\((?<model>ipad[^;]{0,60}); (?:ios|ipados)/i, is: { vendor: 'Apple', type: 'tablet' } },
  { pattern: /\b(?<model>watch\d+,\d+)/i, is: { vendor: 'Apple', type: 'wearable' } },
  { pattern: / darwin\/.*\((?<model>i?mac\w*\d(?:,|%2C)\d+)\)/i, is: { vendor: 'Apple' } },
  { pattern: /\((?<model>apple watch);/i, is: { vendor: 'Apple', type: 'wearable' } },
];

/** A model as Android gives it: a field in the brackets, which may be followed by its build. */
function android(model: string, is: Partial<Device>): Rule<Device> {
  return { pattern: new RegExp(String.raw`\bandroid[^)]*; ${model}(?= build\/|[;)])`, 'i'), is };
}

const androids: Rule<Device>[] = [
  // Android apps on Chrome OS run on a computer.
  { pattern: /\bandroid [^)]*?(?<model>[^;()]+?) build\/r\d+-\d/i },
  android(String.raw`(?<model>pixel(?: (?!c\b|tablet|watch)\w+)*(?: \(5g\))?)`, { vendor: 'Google', type: 'mobile' }),
  android(String.raw`(?<model>chromecast[ \w]*)`, { vendor: 'Google', type: 'smarttv' }),
  android('(?<model>nexus 5x)', { vendor: 'LG', type: 'mobile' }),
  android(String.raw`motorola (?<model>(?:edge|one|razr)[\w +]*)`, { vendor: 'Motorola', type: 'mobile' }),
  android(String.raw`(?<model>xt\d{4}(?:-\d{1,2})?)`, { vendor: 'Motorola', type: 'mobile' }),
  android(String.raw`(?<model>(?:ac|be|dn|eb|gm|hd|in|iv|kb|le|mt|ne)[12]\d{3})`, {
    vendor: 'OnePlus',
    type: 'mobile',
  }),
  android(String.raw`(?<model>p[acdef][a-z][mt]\d0|a\d{3}op)`, { vendor: 'OPPO', type: 'mobile' }),
  android(String.raw`(?<model>sph-l\w+)`, { vendor: 'Samsung', type: 'mobile' }),
  android(String.raw`(?<model>v[12]\d{3}[a-z]?)`, { vendor: 'Vivo', type: 'mobile' }),
  android(String.raw`(?<model>mi \d[\w ]*)`, { vendor: 'Xiaomi', type: 'mobile' }),
  android(String.raw`(?<model>sh-m\d\d\w?)`, { vendor: 'Sharp', type: 'mobile' }),
  android(String.raw`cubot[_ ](?<model>[\w ]+)`, { vendor: 'Cubot', type: 'mobile' }),
  android(String.raw`(?<model>tb-?\w{4,6})`, { vendor: 'Lenovo', type: 'tablet' }),
  android(String.raw`(?<model>aft\w+)`, { vendor: 'Amazon', type: 'smarttv' }),
];

const others: Rule<Device>[] = [
  {
    pattern: /^mozilla\/5\.0 \(ios\) (?:next|own)cloud|^(?:next|own)cloud-ios\//i,
    is: { vendor: 'Apple', type: 'mobile' },
  },
  { pattern: /\bweb0s;.*\blge\b/i, is: { vendor: 'LG', type: 'smarttv' } },
  { pattern: /\bxbox; (?<model>xbox [\w ]+)\)/i, is: { vendor: 'Microsoft', type: 'console' } },
  { pattern: /\(bb10; (?:touch|kbd)\)/i, is: { vendor: 'BlackBerry', type: 'mobile' } },
  { pattern: /\(blackberry; u; blackberry (?<model>\d{4})/i, is: { vendor: 'BlackBerry', type: 'mobile' } },
  { pattern: /\blinux\b.* kindle\//i, is: { vendor: 'Amazon', model: 'Kindle', type: 'tablet' } },
];

export const deviceRules: readonly Rule<Device>[] = [...apple, ...androids, ...others];
