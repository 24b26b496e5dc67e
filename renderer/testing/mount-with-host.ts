import { mount, type VueWrapper } from '@vue/test-utils';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { hostKey } from '../host/host.ts';
import { createTestHost, type TestHost } from './host-for-tests.ts';

const nowhere = { template: '<p />' };

export interface Mounted extends TestHost {
  readonly wrapper: VueWrapper;
  readonly router: Router;
}

/** A component over the fake services, in the document. Its routes lead nowhere; `router` tells where to. */
export function mountWithHost(
  component: Component,
  props: Readonly<Record<string, unknown>> = {},
  testHost: TestHost = createTestHost(),
): Mounted {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['connect', 'profile', 'security', 'sessions', 'identity-keys', 'activity'].map((name) => ({
      path: `/${name}`,
      name,
      component: nowhere,
    })),
  });
  const wrapper = mount(component, {
    props,
    attachTo: document.body,
    global: { plugins: [testHost.pinia, router], provide: { [hostKey as symbol]: testHost.host } },
  });
  return { ...testHost, wrapper, router };
}
