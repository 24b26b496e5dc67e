import { expect, it } from 'vitest';
import { fieldId, focusField } from './field-id.ts';

const path = 'user.firstName';

function add(id: string): HTMLInputElement {
  const input = document.createElement('input');
  input.id = id;
  return document.body.appendChild(input);
}

it('W2 a field gets the focus as soon as its section is there', async () => {
  focusField(path);
  const field = add(fieldId(path));
  await expect.poll(() => document.activeElement).toBe(field);
  field.remove();
});

it('W2 but not from somebody who went elsewhere meanwhile', async () => {
  focusField(path);
  const elsewhere = add('elsewhere');
  elsewhere.focus();
  const field = add(fieldId(path));
  for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(elsewhere);
  field.remove();
  elsewhere.remove();
});
