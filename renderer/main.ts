import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { startStores } from './app/start-stores.ts';
import { createHost, hostKey } from './host/host.ts';
import { pickTransport } from './host/pick-transport.ts';
import { i18n } from './lib/i18n/i18n.ts';
// Its policy for trusted types is made before anything else could take the name.
import './lib/worker-url.ts';
import RootView from './RootView.vue';
import { createAppRouter } from './app/router.ts';
import './ui/styles.css';

const app = createApp(RootView)
  .provide(hostKey, createHost(pickTransport(window)))
  .use(createPinia())
  .use(i18n);
await startStores();
// Made after the transport has taken the pass out of the address.
app.use(createAppRouter()).mount('#app');
