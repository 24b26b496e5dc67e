import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { startStores } from './app/start-stores.ts';
import { forget, transport } from './host/early.ts';
import { createHost, hostKey } from './host/host.ts';
import { i18n } from './lib/i18n/i18n.ts';
// Its policy for trusted types is made before anything else could take the name.
import './lib/worker-url.ts';
import RootView from './RootView.vue';
import { createAppRouter } from './app/router.ts';
import './ui/styles.css';

const app = createApp(RootView).provide(hostKey, createHost(transport)).use(createPinia()).use(i18n);
const started = startStores();
// Made while the answers are on their way; used only when they are here.
const router = createAppRouter();
await started;
forget();
app.use(router).mount('#app');
