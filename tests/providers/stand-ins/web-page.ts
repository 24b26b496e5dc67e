/** A page as bare as a test needs it. `body` is HTML. */
export function page(title: string, body: string): string {
  const name = escapeHtml(title);
  return `<!doctype html><html lang="en"><head><title>${name}</title></head><body><h1>${name}</h1>${body}</body></html>`;
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character]!);
}
