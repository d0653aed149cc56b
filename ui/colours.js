// Light or dark: the system's choice, until the reader makes another. Loaded first, so that nothing flashes.

window.tenkyoColours = (() => {
  const system = window.matchMedia('(prefers-color-scheme: dark)');

  function isDark() {
    const chosen = localStorage.getItem('tenkyo-dark');
    return chosen === null ? system.matches : chosen === '1';
  }

  function apply() {
    document.documentElement.classList.toggle('tk-dark', isDark());
    document.body?.classList.toggle('dark', isDark());
    for (const button of document.querySelectorAll('[data-dark]')) button.ariaPressed = String(isDark());
  }

  function change() {
    localStorage.setItem('tenkyo-dark', isDark() ? '0' : '1');
    apply();
  }

  apply();
  system.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', apply);
  return { apply, change };
})();
