// Runs inside the preflight page: the extension sends what is to be shown, buttons send what was chosen.
(() => {
  const editor = acquireVsCodeApi();
  const main = document.querySelector('main');
  window.addEventListener('message', ({ data }) => {
    if (!main || typeof data?.html !== 'string') return;
    // A button that is in use keeps the focus while the page is drawn anew.
    const focused = document.activeElement?.getAttribute('data-command');
    main.innerHTML = data.html;
    if (focused)
      /** @type {HTMLElement | null} */ (main.querySelector(`[data-command="${CSS.escape(focused)}"]`))?.focus();
  });
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target).closest('[data-command], [data-reason]');
    if (!target) return;
    const reason = target.getAttribute('data-reason');
    editor.postMessage(reason === null ? { command: target.getAttribute('data-command') } : { reason: Number(reason) });
  });
  editor.postMessage({ ready: true });
})();
