import { measureScreens } from './screen-sizes.ts';

// Fails if a screen loads more than its budget before it can be seen; kB as 1,000 bytes after gzip.

for (const { what, bytes, limit } of measureScreens()) {
  const isOver = bytes > limit;
  console.log(`${isOver ? 'OVER' : 'ok  '} ${(bytes / 1_000).toFixed(1).padStart(6)} of ${limit / 1_000} kB  ${what}`);
  if (isOver) process.exitCode = 1;
}
