import { testProviders } from './provider-tests.ts';
import { formatSummary } from './test-report.ts';

// npm run test:providers [-- --live]: one table and one closing line at the end.

const kind = process.argv.includes('--live') ? 'live' : 'stand-ins';
const start = performance.now();
const { skippedLines, ...counts } = await testProviders(kind);
const seconds = (performance.now() - start) / 1_000;
if (skippedLines.length > 0) console.log(`\nSkipped:\n  ${skippedLines.join('\n  ')}`);
console.log(`\n${formatSummary([{ name: `providers: ${kind}`, seconds, ...counts }])}`);
if (counts.failed > 0) process.exitCode = 1;
