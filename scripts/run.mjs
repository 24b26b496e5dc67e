// Runs one of our TypeScript files: node scripts/run.mjs FILE [arguments]
// npm puts the Node of our devDependencies first on the PATH; any other one may be too old to read TypeScript.
import { pathToFileURL } from 'node:url';

const [major = 0] = process.versions.node.split('.').map(Number);
const [, , file, ...rest] = process.argv;
if (major < 24) {
  process.stderr.write(
    `This needs Node 24 and runs on ${process.versions.node}: start it with "npm run", after "npm ci".\n`,
  );
  process.exitCode = 1;
} else if (!file) {
  process.stderr.write('usage: node scripts/run.mjs FILE [arguments]\n');
  process.exitCode = 2;
} else {
  process.argv = [process.argv[0] ?? '', file, ...rest];
  await import(pathToFileURL(file).href);
}
