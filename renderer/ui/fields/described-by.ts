/** For `aria-describedby`: the ids of what `FieldMessages` shows of a field. */
export function describedBy(id: string, hint: string | undefined, error: string | undefined): string | undefined {
  return [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
}
