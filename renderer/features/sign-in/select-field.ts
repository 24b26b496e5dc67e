import { nextTick } from 'vue';

/** What was refused is marked, so that the next try is typed over it. */
export async function selectField(id: string): Promise<void> {
  await nextTick();
  const field = document.getElementById(id);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}
