'use strict';
// Before anything is drawn, so that no light page flashes in a dark room. Mantine keeps the choice;
// the documentation, which has no other script for it, follows the device from here.
{
  const darkDevice = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let kept;
    try {
      kept = localStorage.getItem('mantine-color-scheme-value');
    } catch {
      // Storage may be shut off.
    }
    const isDark = kept === 'dark' || (kept !== 'light' && darkDevice.matches);
    document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
  };
  apply();
  darkDevice.addEventListener('change', apply);
}
