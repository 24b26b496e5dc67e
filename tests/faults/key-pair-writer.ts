import { writeKeyFiles } from '../../electron/services/features/ssh-keys/make/key-files.ts';
import { halvesOf } from './key-pairs.ts';

// Makes one pair of files after another in the folder, and prints the number of each once it is there, until it is
// killed.

const [folder = '', first = ''] = process.argv.slice(2);
for (let number = Number(first); ; number += 1) {
  await writeKeyFiles(folder, `id_${String(number)}`, halvesOf(number));
  process.stdout.write(`${String(number)}\n`);
}
