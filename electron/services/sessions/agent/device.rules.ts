import type { Agent } from './agent.ts';
import type { Rule } from './rule.ts';

type Device = Agent['device'];

const apple: Rule<Device>[] = [
  { pattern: /^(?!mozilla\/).*\b(?<model>iphone\d+,\d+)/i, is: { vendor: 'Apple', type: 'mobile' } },
  { pattern: /^(?!mozilla\/).*\b(?<model>ipad\d+,\d+)/i, is: { vendor: 'Apple', type: 'tablet' } },
  { pattern: /\((?<model>ipad); (?:ios|ipados)/i, is: { vendor: 'Apple', type: 'tablet' } },
  { pattern: /\b(?<model>watch\d+,\d+)/i, is: { vendor: 'Apple', type: 'wearable' } },
  { pattern: /\((?<model>apple watch);/i, is: { vendor: 'Apple', type: 'wearable' } },
];

/** Model names as Android gives them: after a semicolon, before the build, the next field or the end of the brackets. */
const android: Rule<Device>[] = [
  { pattern: /\bandroid [^)]*?(?<model>[^;()]+?) build\/r\d+-\d/i },
  { pattern: /\bandroid[^)]*; (?<model>pixel(?: (?!c\b|tablet|watch)\w+)*(?: \(5g\))?)(?= build\/|[;)])/i, is: { vendor: 'Google', type: 'mobile' } },
  { pattern: /\bandroid[^)]*; (?<model>nexus 5x)(?= build\/|[;)])/i, is: { vendor: 'LG', type: 'mobile' } },
  { pattern: /\bandroid[^)]*; motorola (?<model>(?:edge|one|razr)[\w +]*?)(?= build\/|[;)])/i, is: { vendor: 'Motorola', type: 'mobile' } },
  { pattern: /\bandroid[^)]*; (?<model>(?:AC|BE|DN|EB|GM|HD|IN|IV|KB|LE|MT|NE)2?[12]\d{2}\d?)(?= Build\/|[;)])/, is: { vendor: 'OnePlus', type: 'mobile' } },
  { pattern: /\bAndroid[^)]*; (?<model>P[ACDEF][A-Z][MT]\d0)(?= Build\/|[;)])/, is: { vendor: 'OPPO', type: 'mobile' } },
  { pattern: /\bandroid[^)]*; (?<model>aft\w+)(?= build\/|[;)])/i, is: { vendor: 'Amazon', type: 'smarttv' } },
];

const others: Rule<Device>[] = [
  { pattern: /\bweb0s;.*\blge\b/i, is: { vendor: 'LG', type: 'smarttv' } },
  { pattern: /\bxbox; (?<model>xbox [\w ]+)\)/i, is: { vendor: 'Microsoft', type: 'console' } },
  { pattern: /\(bb10; (?:touch|kbd)\)/i, is: { vendor: 'BlackBerry', type: 'mobile' } },
  { pattern: /\(blackberry; u; blackberry (?<model>\d{4})/i, is: { vendor: 'BlackBerry', type: 'mobile' } },
  { pattern: /\blinux\b.* kindle\//i, is: { vendor: 'Amazon', model: 'Kindle', type: 'tablet' } },
];

export const deviceRules: readonly Rule<Device>[] = [...apple, ...android, ...others];
