/*
 * Runs in the page, before its own scripts. Measures from an act of a person until everything that the
 * act asked for is drawn: no request is open, nothing is still loading, and the last change was painted.
 */
(() => {
  /** After so long without a change or a request nothing else follows; it is not a part of the time. */
  const quietMs = 250;
  const longestMs = 30_000;
  let open = 0;
  let requests = [];
  let touchedAt = 0;
  let paintedAt = 0;
  let movedAt = 0;

  const touch = () => {
    touchedAt = performance.now();
    // A task that is queued in a frame's callback runs after the frame was painted. A timer's task would
    // wait for all others, such as that in which an answer is drawn.
    requestAnimationFrame(() => {
      const done = () => (paintedAt = performance.now());
      void scheduler.postTask(done, { priority: 'user-blocking' });
    });
  };
  new MutationObserver(touch).observe(document, {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true,
  });

  const fetchOf = window.fetch;
  window.fetch = async (address, options) => {
    if (!String(address).includes('/graphql')) return fetchOf(address, options);
    open += 1;
    requests.push({ address, options: { ...options, signal: undefined } });
    const closed = () => {
      open -= 1;
      touch();
    };
    try {
      const response = await fetchOf(address, options);
      // The page reads the answer itself: a copy would be read twice, and the time of that is not the page's.
      const read = response.json.bind(response);
      response.json = () => read().finally(closed);
      return response;
    } catch (error) {
      closed();
      throw error;
    }
  };
  for (const name of ['pushState', 'replaceState']) {
    const own = history[name].bind(history);
    history[name] = (...given) => {
      movedAt = performance.now();
      own(...given);
    };
  }

  const loading = '.to-come, [aria-busy="true"]';
  const isQuiet = () =>
    open === 0 &&
    paintedAt >= touchedAt &&
    performance.now() - touchedAt > quietMs &&
    !document.querySelector(loading);

  const until = async (isSo) => {
    const since = performance.now();
    while (!isSo()) {
      if (performance.now() - since > longestMs) throw new Error('The page does not do it.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const quiet = () => until(isQuiet);

  const textOf = (one) => one.textContent.replace(/ \*$/, '').trim();
  const byText = (selector, text) => {
    const found = [...document.querySelectorAll(selector)].find((one) => textOf(one) === text);
    if (!found) throw new Error(`There is no ${selector} with the text ${text}.`);
    return found;
  };
  const field = (label) =>
    document.querySelector(`select[aria-label="${label}"]`) ?? byText('label', label).control;
  const give = (control, value, event) => {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value');
    set.call(control, value);
    control.dispatchEvent(new Event(event, { bubbles: true }));
  };

  /** A pointer is on a link for longer before a person clicks. */
  const pointMs = 100;
  const links = {
    link: (text) => byText('.places a', text),
    name: () => document.querySelector('tbody .name-link'),
  };
  const point = async (link) => {
    link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, pointMs));
    await quiet();
  };

  const acts = {
    link: (text) => links.link(text).click(),
    name: () => links.name().click(),
    press: (text) => byText('button', text).click(),
    check: (text) => byText('label', text).control.click(),
    choose: (label, value) => give(field(label), value, 'change'),
    type: (label, text) => give(field(label), text, 'input'),
    go(path) {
      history.pushState({}, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    },
  };

  window.recorder = {
    quiet,
    /** Sends the requests of the last act once more, all at once: the time until all are read. */
    async replay() {
      const askedAt = performance.now();
      await Promise.all(
        requests.map(async ({ address, options }) => {
          const { errors } = await (await fetchOf(address, options)).json();
          if (errors) throw new Error(JSON.stringify(errors));
        }),
      );
      return performance.now() - askedAt;
    },
    async measure(name, ...given) {
      await quiet();
      if (links[name]) await point(links[name](...given));
      requests = [];
      const actedAt = performance.now();
      movedAt = actedAt;
      acts[name](...given);
      // The page may ask in a later task, such as that after a pause in typing.
      await until(() => requests.length > 0);
      touch();
      await quiet();
      // A search begins when a person pauses in typing, which is not a time that the page needs.
      return { ms: paintedAt - (name === 'type' ? movedAt : actedAt), requests: requests.length };
    },
  };
})();
