/**
 * The address of a service, of which somebody may have copied the address of a page: without what `page` matches in its
 * path, to the end. A host is left alone, whatever its name: with a part of it gone, another one would be asked.
 */
export function withoutPage(typed: string, page: RegExp): string {
  const { origin, pathname } = new URL(typed);
  return (origin + pathname.replace(page, '')).replace(/\/+$/, '');
}
