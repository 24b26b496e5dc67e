const words: readonly string[] = ['type', 'group', 'name', 'node_type', 'state', 'status', 'code', 'method', 'aal'];

/** What a client goes by in an answer of Kratos: numbers of messages, and names that stand for something. */
export function kratosWords(key: string, value: unknown): boolean {
  if (words.includes(key)) return typeof value === 'string' || typeof value === 'number';
  return key === 'id' && (typeof value === 'number' || (typeof value === 'string' && /^[a-z0-9_]+$/.test(value)));
}
