let last = 0;

/** As the services number what was read: in the order in which it was asked for. */
export function nextSequence(): number {
  last += 1;
  return last;
}
