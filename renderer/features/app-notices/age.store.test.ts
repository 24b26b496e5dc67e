import { expect, it } from 'vitest';
import { useAppStore } from '../../account/app.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { useAgeStore } from './age.store.ts';

it('D6 the age of this copy is told until it is put away, also when the next snapshot still has it', async () => {
  const { services, pinia } = createTestHost();
  const age = { weeks: 9, newVersionsAt: 'https://download.example.org/' };
  services.app = { ...services.app, age };
  await useAppStore(pinia).start();
  const store = useAgeStore(pinia);
  expect(store.age).toEqual(age);
  store.dismiss();
  services.emit('app.changed', { ...services.app, age: { ...age, weeks: 10 } });
  expect(store.age).toBeNull();
});
