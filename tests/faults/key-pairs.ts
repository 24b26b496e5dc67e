/** What stands in for the two halves of a key: longer than one block of a disk. */
export function halvesOf(number: number): { private: Buffer; line: string } {
  return { private: Buffer.from(`private half ${String(number)}\n`.repeat(400)), line: `public ${String(number)}\n` };
}
