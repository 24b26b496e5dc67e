let last = 0;

/** As the services number what was read: in the order in which it was asked for. */
export function nextSequence(): number {
  last += 1;
  return last;
}

/** What a snapshot begins with that the provider gave just now. */
export function headOf(accountId: string, sequence = nextSequence()) {
  return { accountId, source: 'provider' as const, takenAt: new Date().toISOString(), sequence };
}
