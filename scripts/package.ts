import { join } from 'node:path';
import { writeChecksums } from './checksums.ts';
import { builderArguments } from './package-arguments.ts';
import { root, runNode, runTool } from './tools.ts';

// npm run package: packages for this system in `release`, with their checksums; `-- --dir`: the app alone, unpacked, to
// try it.

const args = process.argv.slice(2);
// Always built anew, with the day in it: a package tells its age (docs/adr/0013-updates.md).
const environment = { PROFILE_DESK_BUILD_DATE: new Date().toISOString().slice(0, 10) };
const built = await runNode(join(root, 'scripts', 'build-bundles.ts'), [], { output: 'shown', environment });
const packed = built.ok && (await runTool('electron-builder', builderArguments(args), { output: 'shown' })).ok;
if (packed) {
  const names = await writeChecksums(join(root, 'release'));
  console.log(names.length > 0 ? `In release: ${names.join(', ')} and SHA256SUMS` : 'The unpacked app is in release.');
} else {
  process.exitCode = 1;
}
