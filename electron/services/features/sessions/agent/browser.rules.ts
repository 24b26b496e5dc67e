import type { Agent } from '../../../provider/account-sessions.ts';
import type { Rule } from './rule.ts';

type Browser = Agent['browser'];

/** This app: see electron/services/http/user-agent.ts. */
const own: Rule<Browser> = { pattern: /^ProfileDesk\/(?<version>[\w.+-]+)/, is: { name: 'Profile Desk' } };

/** Robots carry the browser's tokens too, so that sites treat them as a browser: they go first. */
const robots: Rule<Browser>[] = [
  {
    pattern:
      /^(?!mozilla\/)(?=[^/]*(?:bot|spider|crawler))(?<name>[\w:.-]+(?: [\w:.-]+){0,3})\/v?(?<version>\d[\w.]*)/i,
  },
  { pattern: /(?<![\w-])(?=[\w-]*(?:bot|spider|crawler))(?<name>[\w-]+)\/v?(?<version>\d[\w.]*)/i },
  { pattern: /\(compatible; (?<name>[\w-]+)\/v?(?<version>\d[\w.]*)/i },
  { pattern: /(?<name>yahoo! slurp|googleimageproxy)/i },
  { pattern: /\b(?<name>(?:adsbot|mediapartners)-google[\w-]*)/i },
  { pattern: /^(?=[\w-]*bot)(?<name>[\w-]+)(?: (?<version>\d[\w.]*)| \(|$)/i },
];

/** Firefox before a release went by a code name (Mozilla wiki, "Firefox/Codenames"). */
const firefoxCodeNames =
  /\b(?:minefield|granparadiso|bonecho|shiretoko|namoroka|lorentz|tumucumaque|deerpark|mozilladeveloperpreview|firefox-[\d.]+)\/(?<version>\d[\w.+]*)/i;

const gecko: Rule<Browser>[] = [
  { pattern: firefoxCodeNames, is: { name: 'Firefox' } },
  { pattern: /\b(?<name>thunderbird|icedove|postboxapp|songbird|betterbird)\/(?<version>\d[\w.]*)/i },
  // The Mozilla suite names no product after Gecko; its version is Gecko's.
  { pattern: /^mozilla\/5\.0 \([^)]*rv:(?<version>\d[\w.]*)\) gecko\/\d{8}$/i, is: { name: 'Mozilla' } },
];

/** Clients of Nextcloud and ownCloud; mirall is the desktop's, under the brand that follows it. */
const clouds: Rule<Browser>[] = [
  { pattern: /\bmirall\/(?<version>\d+(?:\.\d+)*)\S*(?: \(build \d+\))? \((?<name>[^,;()]+)[,)]/i },
  { pattern: /\bmirall\/(?<version>\d+(?:\.\d+)*)/i, is: { name: 'Nextcloud' } },
  { pattern: /\bnextcloud-(?:ios|android)(?:\/(?<version>\d[\d.]*))?/i, is: { name: 'Nextcloud' } },
  { pattern: /\bowncloud(?:-ios|-android|app)(?:\/(?<version>\d[\d.]*))?/i, is: { name: 'ownCloud' } },
  { pattern: /\bnextcloud-talk v(?<version>\d[\d.]*)/i, is: { name: 'Nextcloud Talk' } },
  { pattern: /\b(?<name>nextcloud-\w+) v(?<version>\d[\d.]*)/i },
];

/** Browsers that write themselves behind everything that Chrome or Safari sends. */
const lastWord: Rule<Browser>[] = [
  // Its own version is not told: "Version/" is Safari's.
  { pattern: / safari\/[\d.]+ brave$/i, is: { name: 'Brave' } },
  { pattern: /\balohabrowser\/(?<version>\d[\w.]*)/i, is: { name: 'Aloha' } },
  { pattern: /\(ecosia \w+@(?<version>\d[\w.]*)/i, is: { name: 'Ecosia' } },
  { pattern: / safari\/[\d.]+ ddg\/(?<version>\d[\w.]*)/i, is: { name: 'DuckDuckGo' } },
];

const apps: Rule<Browser>[] = [
  {
    pattern: /^(?:ip(?:hone|ad|od)\d+,\d+ )?mobilesafari\/(?<version>[\w.]+).* cfnetwork\//i,
    is: { name: 'Mobile Safari' },
  },
  { pattern: /^safari(?<version>\d[\d.]*) cfnetwork\//i, is: { name: 'Safari' } },
  { pattern: /^(?:ip(?:hone|ad|od)\d+,\d+ )?(?<name>[^/()]+)\/(?<version>[\w.]+).* cfnetwork\//i },
  { pattern: /\bslack_ssb\/(?<version>[\d.]+)/i, is: { name: 'Slack' } },
  { pattern: /like gecko\) (?<name>(?!chrome)[\w.-]+)\/(?<version>\d[\w.-]*) (?:[\w.-]+\/[\w.-]+ )*electron\//i },
  { pattern: /(?:messengerforios|orca-android)\b.*;fbav\/(?<version>[\d.]+)/i, is: { name: 'Facebook Messenger' } },
  { pattern: /\[linkedinapp\]\/(?<version>[\d.]+)/i, is: { name: 'LinkedIn' } },
  { pattern: /\b(?<name>qutebrowser|nintendobrowser|webpositive|(?:windows)?powershell)\/(?<version>\d[\w.]*)/i },
  { pattern: /^python\/[\d.]+ (?<name>aiohttp)\/(?<version>\d[\w.]*)/i },
];

/** Where the library finds nothing, or only the engine below the product. */
const fallbacks: Rule<Browser>[] = [
  // Chrome's documentation, "WebView on Android": from Android 4.4 on it says both Version/4.0 and Chrome/.
  {
    pattern: /version\/4\.0 chrome\/(?<version>[\d.]+)/i,
    is: { name: 'Chrome WebView' },
    insteadOf: ['Android Browser'],
  },
  { pattern: /\b(?<name>qtwebengine|arkweb)\/(?<version>[\d.]+)/i, insteadOf: ['Chrome'] },
  { pattern: /smart-tv;.*tizen.* tv safari\//i, insteadOf: ['Safari'] },
  { pattern: /\bm?qqbrowser\/(?<version>\d[\d.]*)/i, is: { name: 'QQBrowser' }, insteadOf: ['IE', 'IEMobile'] },
  { pattern: /\bgsa\/(?<version>\d+(?:\.\d+)*)/i, is: { name: 'GSA' }, insteadOf: ['Chrome WebView'] },
  { pattern: /\[(?<name>pinterest)\//i, insteadOf: ['Chrome WebView', 'WebKit'] },
  {
    pattern: / (?:mobile\/\w+|like gecko\)) (?<name>(?!version\/|mobile\/)[\w.-]+)\/(?<version>\d[\w.]*)/i,
    insteadOf: ['WebKit'],
  },
  // Feature phones put the model where the product stands, televisions the standard.
  { pattern: /\bmidp\b|^hbbtv\//i, insteadOf: [null] },
  // RFC 9110, section 10.1.5: products stand in the order of their significance.
  {
    pattern: /^(?!mozilla\/|mac os x\/)(?<name>[a-z][\w.!+-]*(?: [a-z][\w.-]*){0,3})(?:\/| )v?(?<version>\d[\w.+-]*)/i,
    insteadOf: [null],
  },
  { pattern: /^(?<name>node|node-fetch|undici|got|ruby|axios|insomnia|qqbrowser)(?= \(|$)/i, insteadOf: [null] },
];

export const browserRules: readonly Rule<Browser>[] = [
  own,
  ...clouds,
  ...lastWord,
  ...robots,
  ...gecko,
  ...apps,
  ...fallbacks,
];
