import { AppError } from '../../shared/contract/errors.ts';
import { createKeyringKeyWrapper } from '../../preview/ports/keyring-key-wrapper.ts';

// Asks the key wrapper for one thing and prints the answer as JSON, with the longest time that nothing else could run.

const [act = '', argument = ''] = process.argv.slice(2);
const wrapper = createKeyringKeyWrapper();

const calls: Record<string, () => Promise<unknown>> = {
  status: () => wrapper.status(),
  wrap: async () => Buffer.from(await wrapper.wrap(Buffer.from(argument, 'hex'))).toString('hex'),
  unwrap: async () => Buffer.from(await wrapper.unwrap(Buffer.from(argument, 'hex'))).toString('hex'),
};

let longestBlock = 0;
let last = performance.now();
const watch = setInterval(() => {
  longestBlock = Math.max(longestBlock, performance.now() - last);
  last = performance.now();
}, 10);

const answer = await (calls[act] ?? (() => Promise.reject(new Error('unknown act'))))().then(
  (value) => ({ value }),
  (error: unknown) => (error instanceof AppError ? { error: error.toShape() } : { thrown: String(error) }),
);
clearInterval(watch);
process.stdout.write(JSON.stringify({ ...answer, longestBlock }));
