import type { Progress } from './fetch.ts';

const megabyte = 1_000_000;
/** Of what is written where no line can be written over, e.g. to a log file. */
const steps = 10;

/** Shows how far a download is: on one line of a terminal, elsewhere on a line for each tenth. */
export function createProgressLine(output: { readonly isTTY?: boolean; write(text: string): unknown }) {
  let shown = -1;
  return {
    show({ transferred, total }: Progress): void {
      const done = Math.floor(transferred / megabyte);
      const step = output.isTTY || !total ? done : Math.floor((transferred / total) * steps);
      if (step === shown) return;
      shown = step;
      const text = total ? `${String(done)} of ${String(Math.ceil(total / megabyte))} MB` : `${String(done)} MB`;
      output.write(output.isTTY ? `\r  ${text} ` : `  ${text}\n`);
    },
    end(): void {
      if (output.isTTY && shown >= 0) output.write('\n');
    },
  };
}
