/** One chunk, asked for by the start and by the router. */
export const loadProfileView = () => import('./ProfileView.vue');
