import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import DeviceList from './DeviceList.vue';

describe('R4 devices of a service that asks for no name', () => {
  it('have one here, also where something is done with them', () => {
    const devices = [
      { id: 'd1', name: '', createdAt: null },
      { id: 'd2', name: 'Phone', createdAt: null },
    ];
    const act = '<template #act="{ device }">Remove {{ device.name }}.</template>';
    const text = mount(DeviceList, { props: { title: 'Devices', devices }, slots: { act } }).text();
    expect(text).toMatch(/Device without a name *Remove Device without a name\. *Phone *Remove Phone\./);
  });

  it('say nothing of a day or a use that the service does not tell', () => {
    const devices = [{ id: 'd1', name: 'Phone', createdAt: null }];
    expect(mount(DeviceList, { props: { title: 'Devices', devices } }).text()).not.toMatch(/Added|used/);
  });
});
