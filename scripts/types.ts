import { layers } from './layers.ts';
import { runChecks } from './run-checks.ts';
import { listTypeChecks } from './static-checks.ts';

// Checks the types of every layer, or of those named: npm run types -- renderer server

const names = layers.map(({ folder }) => folder);
const wanted = process.argv.slice(2).map((name) => name.replace(/^\.\/|\/+$/g, ''));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no such layer: ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  await runChecks(listTypeChecks(wanted.length > 0 ? wanted : names));
}
