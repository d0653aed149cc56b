// The page in the browser: markers, marks, keys, copies, dialogs. Every gr.HTML calls `tenkyo.attach` when it is there.
// Python listens to: 'opened', 'show' (a page and a span on it), 'example' (a question to ask), 'choose' (documents to search).

window.tenkyo = (() => {
  const narrow = window.matchMedia('(max-width: 959px)');
  const byId = (id) => document.getElementById(id);
  const said = JSON.parse(byId('tk-words').textContent);
  const root = () => new URL(said.root, location.origin + location.pathname).href;
  const heard = new Set(); // answers that were announced, or stood there when the page was opened
  let asked = false; // the reader asked for a source, and is taken there
  let turn = '';

  const store = {
    read: (name) => { try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; } },
    write: (name, value) => { try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  };

  function say(text) { byId('tk-live').textContent = text; }

  let fading;
  function toast(text) {
    let box = byId('tk-toast');
    if (!box) document.body.append(box = Object.assign(document.createElement('div'), { id: 'tk-toast', ariaHidden: 'true' }));
    box.textContent = text;
    box.hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => { box.hidden = true; }, 5000);
    say(text);
  }

  // ---- the conversation

  function answerIds() { return [...document.querySelectorAll('#tk-left [data-answer]')].map((one) => one.dataset.answer); }

  function keepConversation() {
    const ids = answerIds();
    if (!document.querySelector('#tk-current [aria-busy]')) store.write('tenkyo-answers', ids);
    document.querySelector('[data-save]').hidden = !ids.length;
  }

  // Once for each question, so that a reader who scrolls while the answer comes is left in peace.
  function followAnswer() {
    const newest = document.querySelector('#tk-current .tk-exchange');
    if (!newest) { turn = ''; return; }
    announce(newest);
    const now = document.querySelectorAll('#tk-past .tk-exchange').length + newest.querySelector('.tk-question').textContent;
    if (now === turn) return;
    if (newest.ariaBusy && location.search) history.replaceState(null, '', location.pathname); // the link was to something else
    turn = now;
    requestAnimationFrame(() => {
      const list = byId('tk-conversation');
      if (narrow.matches) newest.scrollIntoView({ block: 'start' });
      else list.scrollTop += newest.getBoundingClientRect().top - list.getBoundingClientRect().top - 24;
    });
  }

  // A screen reader hears that work goes on, and the whole answer once; not every piece of it.
  function announce(newest) {
    const id = newest.dataset.answer;
    const status = newest.querySelector('.tk-status');
    if (status) say(status.textContent);
    if (!id || heard.has(id)) return;
    heard.add(id);
    const parts = [...newest.querySelectorAll('.tk-answer, .tk-conflict')].map((one) => one.innerText);
    say(`${said.answered}：${parts.join(' ')}`);
  }

  // ---- the source

  // The marker, source or passage whose page is shown keeps a visible state.
  function followShown() {
    const shown = document.querySelector('#tk-source [data-shown]')?.dataset;
    for (const button of document.querySelectorAll('#tk-left [data-document]')) {
      const { document: id, page, start, end } = button.dataset;
      const same = shown && id === shown.shown && page === shown.page && start === shown.start && end === shown.end;
      if (same) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  }

  function revealMark() {
    const section = document.querySelector('#tk-source .tk-page');
    const text = section?.querySelector('.tk-text');
    if (!text) return;
    const wanted = store.read('tenkyo-view');
    if (wanted && section.querySelector('.tk-picture')) switchView(section, wanted);
    const mark = byId('tk-mark');
    const above = mark ? mark.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop : 0;
    text.scrollTop = Math.max(0, above - text.clientHeight / 3);
    revealOnPicture(section.querySelector('.tk-picture img'));
  }

  function revealOnPicture(image) {
    if (!image) return; // its size is known before it is there
    const frame = image.parentElement;
    frame.scrollTop = Math.max(0, Number(image.dataset.top) * image.clientWidth - frame.clientHeight / 3);
  }

  function switchView(section, view) {
    section.dataset.view = view;
    for (const button of section.querySelectorAll('.tk-view')) button.ariaPressed = String(button.dataset.view === view);
  }

  function pictureFailed(image) {
    const section = image.closest('.tk-page');
    switchView(section, 'text');
    section.querySelector('.tk-views').hidden = true;
    toast(image.dataset.failed);
  }

  // On a narrow screen the source lies below the conversation: go there only when the reader asked for it.
  function goToSource() {
    if (!asked) return;
    asked = false;
    if (!narrow.matches) return;
    byId('tk-source').scrollIntoView({ block: 'start' });
    document.querySelector('#tk-source h2')?.focus({ preventScroll: true });
  }

  // ---- copies

  async function copy(text, kind, name) {
    const full = text.replaceAll('\ufdd0', location.origin + location.pathname);
    const done = (await copyByPermission(full, kind)) || copyByCommand(full, kind);
    toast(done ? said.copied.replace('{what}', name) : said.failed);
  }

  async function copyByPermission(text, kind) {
    if (!window.isSecureContext || !navigator.clipboard) return false;
    try {
      if (kind !== 'html') await navigator.clipboard.writeText(text);
      else {
        const as = (type) => new Blob([text], { type });
        await navigator.clipboard.write([new ClipboardItem({ 'text/html': as('text/html'), 'text/plain': as('text/plain') })]);
      }
      return true;
    } catch { return false; }
  }

  // Over plain http browsers offer no Clipboard API; the copy command still works.
  function copyByCommand(text, kind) {
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData('text/plain', text);
      if (kind === 'html') event.clipboardData.setData('text/html', text);
    };
    const before = document.activeElement;
    const box = Object.assign(document.createElement('textarea'), { value: text, className: 'tk-sr' });
    document.body.append(box);
    box.select();
    document.addEventListener('copy', fill, { once: true, capture: true });
    try { return document.execCommand('copy'); } finally {
      document.removeEventListener('copy', fill, true);
      box.remove();
      before?.focus({ preventScroll: true });
    }
  }

  function copyPage(button) {
    const { shown, page, start, end } = button.closest('[data-shown]').dataset;
    copy(`\ufdd0?${new URLSearchParams({ document: shown, page, start, end })}`, '', button.textContent);
  }

  function save() {
    const query = new URLSearchParams(answerIds().map((id) => ['answer', id]));
    query.append('lang', document.documentElement.lang);
    location.href = `${root()}conversation.docx?${query}`;
  }

  // ---- feedback

  async function judge(article, body) {
    const told = article.querySelector('.tk-told');
    try {
      const answer = await fetch(`${root()}v1/feedback`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || '');
      article.querySelector('.tk-feedback').hidden = true;
      told.textContent = article.querySelector('.tk-feedback').dataset.thanks;
      for (const button of article.querySelectorAll('[data-verdict]')) button.disabled = true;
    } catch (error) {
      told.textContent = `${said.problem}${error.message}`;
    }
  }

  function openFeedback(article, button) {
    const form = article.querySelector('.tk-feedback');
    form.hidden = !form.hidden;
    button.ariaExpanded = String(!form.hidden);
    if (!form.hidden) { form.scrollIntoView({ block: 'nearest' }); form.querySelector('input').focus(); }
  }

  function onSubmit(event) {
    const form = event.target.closest('.tk-feedback');
    if (!form) return;
    event.preventDefault();
    const kind = form.querySelector('input:checked').value;
    const comment = form.querySelector('textarea').value;
    judge(form.closest('.tk-exchange'), { answer_id: form.dataset.answerId, verdict: 'bad', kind, comment });
  }

  // ---- which documents are searched

  const scopeItems = () => [...document.querySelectorAll('#tk-scope-dialog li')];

  function filterScope() {
    const value = (name) => document.querySelector(`#tk-scope-dialog [data-filter="${name}"]`).value;
    const [publisher, from, to] = [value('publisher'), value('from'), value('to')];
    for (const item of scopeItems()) {
      const year = Number(item.dataset.year);
      item.hidden = (publisher && item.dataset.publisher !== publisher)
        || (from && !(year >= Number(from))) || (to && !(year && year <= Number(to)));
      item.querySelector('input').checked = !item.hidden;
    }
  }

  function showScope(ids) {
    const button = document.querySelector('[data-dialog="tk-scope-dialog"]');
    const state = button?.querySelector('.tk-scope-state');
    if (!state) return;
    state.textContent = ids ? button.dataset.some.replace('{count}', ids.length) : button.dataset.all;
    button.classList.toggle('tk-narrowed', Boolean(ids));
    for (const item of scopeItems()) {
      if (!ids) item.hidden = false;
      item.querySelector('input').checked = !ids || ids.includes(item.querySelector('input').value);
    }
    if (!ids) for (const select of document.querySelectorAll('#tk-scope-dialog select')) select.value = '';
  }

  function chooseScope(which, trigger) {
    const all = scopeItems().map((item) => item.querySelector('input'));
    const chosen = all.filter((box) => box.checked && !box.closest('li').hidden).map((box) => box.value);
    const ids = which === 'all' || chosen.length === all.length ? null : chosen;
    document.querySelector('.tk-scope-error').textContent = '';
    if (ids && !ids.length) {
      document.querySelector('.tk-scope-error').textContent = document.querySelector('[data-dialog="tk-scope-dialog"]').dataset.none;
      return;
    }
    store.write('tenkyo-scope', ids);
    showScope(ids);
    trigger('choose', { documents: ids });
    byId('tk-scope-dialog').close();
  }

  function restoreScope(trigger) {
    const known = new Set(scopeItems().map((item) => item.querySelector('input').value));
    const ids = store.read('tenkyo-scope')?.filter((id) => known.has(id));
    if (!ids?.length) return;
    showScope(ids);
    trigger('choose', { documents: ids });
  }

  // ---- wiring

  // Gradio writes the browser's language there.
  function language() { document.documentElement.lang = said.lang; }

  function focusBox() {
    if (!narrow.matches && document.activeElement === document.body) document.querySelector('#tk-box textarea')?.focus();
  }

  function onClick(event, element, trigger) {
    const button = event.target.closest('button');
    if (event.target.matches('dialog')) event.target.close(); // beside the dialog
    if (!button || !element.contains(button)) return;
    const data = button.dataset;
    if (data.question) trigger('example', { question: data.question });
    if (data.document) {
      asked = true;
      if (button.hasAttribute('aria-current')) { revealMark(); goToSource(); } // shown already: nothing would change
      else trigger('show', { document: data.document, page: data.page, start: Number(data.start), end: Number(data.end) });
    }
    if (data.back) byId('tk-left').scrollIntoView({ block: 'start' });
    if (data.copy !== undefined) copy(data.copy, data.kind, button.textContent);
    if (data.copyPage) copyPage(button);
    if (data.view) { store.write('tenkyo-view', data.view); switchView(button.closest('.tk-page'), data.view); revealMark(); }
    if (data.verdict === 'good') judge(button.closest('.tk-exchange'), { answer_id: data.answerId, verdict: 'good', comment: '' });
    if (data.verdict === 'bad') openFeedback(button.closest('.tk-exchange'), button);
    if (data.dialog) byId(data.dialog)?.showModal();
    if (data.close) button.closest('dialog').close();
    if (data.scope) chooseScope(data.scope, trigger);
    if (data.dark) tenkyoColours.change();
    if (data.save) save();
  }

  // An Enter that ends a conversion of a Japanese input method must not send. Gradio's box does not look at isComposing;
  // Safari ends the composition before its keydown, which then carries keyCode 229.
  function guardComposition() {
    let composing = false;
    const ending = (event) => {
      if (event.key === 'Enter' && (composing || event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
    };
    window.addEventListener('compositionstart', () => { composing = true; }, true);
    window.addEventListener('compositionend', () => { composing = false; }, true);
    window.addEventListener('keydown', ending, true);
    window.addEventListener('keypress', ending, true);
  }

  function attach(element, trigger, watch) {
    const within = (id) => element.closest(`#${id}`);
    element.addEventListener('click', (event) => onClick(event, element, trigger));
    element.addEventListener('submit', onSubmit);
    element.addEventListener('change', (event) => { if (event.target.dataset.filter) filterScope(); });
    element.addEventListener('load', (event) => revealOnPicture(event.target), true);
    element.addEventListener('error', (event) => { if (event.target.closest('.tk-picture')) pictureFailed(event.target); }, true);
    watch('value', () => {
      if (within('tk-source')) { revealMark(); goToSource(); }
      if (within('tk-current')) followAnswer();
      if (within('tk-current') || within('tk-past')) keepConversation();
      if (within('tk-header')) { language(); tenkyoColours.apply(); }
      if (within('tk-header') || within('tk-current')) focusBox();
      if (within('tk-scope')) restoreScope(trigger);
      followShown();
    });
    if (within('tk-header')) {
      const answers = store.read('tenkyo-answers') || [];
      answers.forEach((id) => heard.add(id));
      requestAnimationFrame(() => trigger('opened', { answers, search: location.search }));
    }
    language();
    tenkyoColours.apply();
    focusBox();
  }

  guardComposition();
  document.addEventListener('click', (event) => {
    if (!event.target.closest?.('.tk-skip')) return;
    event.preventDefault();
    document.querySelector('#tk-box textarea')?.focus();
  });
  return { attach };
})();
