import type { Agent } from '../../../provider/account-sessions.ts';
import type { Rule } from './rule.ts';

export const engineRules: readonly Rule<Agent['engine']>[] = [
  // Edge on Xbox kept its old token when it moved to Chromium (79).
  { pattern: /\bchrome\/(?<version>(?:79|[89]\d|\d{3})\.[\d.]+).* edge\//i, is: { name: 'Blink' } },
  // The library cuts a version after nine characters.
  { pattern: /\brv:(?<version>\d[\w.]*)\) gecko\//i, is: { name: 'Gecko' }, insteadOf: ['Gecko'] },
  { pattern: /^elinks\//i },
];

export const cpuRules: readonly Rule<{ architecture: string | null }>[] = [
  { pattern: /\b(?:ia32|i86pc)\b/i, is: { architecture: 'ia32' } },
  { pattern: /; arm\)/i, is: { architecture: 'arm' } },
  { pattern: /\bppc64(?:le|el)\b/i, is: { architecture: 'ppc64' } },
  { pattern: /\b(?<architecture>riscv64|s390x|loongarch64)\b/i },
];
