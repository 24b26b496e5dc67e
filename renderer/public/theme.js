// Runs before the first paint, so that a chosen theme never flashes up in the other one. The choice itself is kept
// by the services (settings); this copy of it is only a hint for the next start.
{
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}
