// Runs inside the topology page: a device that is clicked, or chosen with Enter, opens its configuration.
(() => {
  const editor = acquireVsCodeApi();
  const devices = [...document.querySelectorAll('[data-device]')];
  const open = (/** @type {Element} */ device) => editor.postMessage({ device: device.getAttribute('data-device') });

  /** The nearest device in a direction, by the centres of what is drawn. */
  const beside = (/** @type {Element} */ from, /** @type {number} */ dx, /** @type {number} */ dy) => {
    const centre = (/** @type {Element} */ one) => {
      const box = one.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const here = centre(from);
    const distance = (/** @type {Element} */ other) => {
      const there = centre(other);
      const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const across = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      return along <= 1 ? Number.POSITIVE_INFINITY : along + 2 * across;
    };
    return devices
      .filter((other) => other !== from && Number.isFinite(distance(other)))
      .sort((a, b) => distance(a) - distance(b))[0];
  };
  /** @type {Record<string, [number, number]>} */
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  for (const device of devices) {
    device.addEventListener('click', () => open(device));
    device.addEventListener('keydown', (event) => {
      const { key } = /** @type {KeyboardEvent} */ (event);
      const direction = directions[key];
      if (key === 'Enter' || key === ' ') open(device);
      else if (direction) /** @type {SVGElement | undefined} */ (beside(device, ...direction))?.focus();
      else return;
      event.preventDefault();
    });
  }
})();
