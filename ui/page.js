// Runs once for each gr.HTML of the page, with Gradio's `element`, `trigger` and `watch`.
// Events that Python listens to: 'show' (a page and a span on it) and 'example' (a question to ask).

const narrow = window.matchMedia('(max-width: 959px)');
const byId = (id) => document.getElementById(id);

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
  const text = document.querySelector('#tk-source .tk-text');
  if (!text) return;
  const mark = byId('tk-mark');
  const above = mark ? mark.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop : 0;
  text.scrollTop = Math.max(0, above - text.clientHeight / 3);
}

// On a narrow screen the source lies below the conversation: go there only when the reader asked for it.
function goToSource() {
  if (!window.tenkyoAsked) return;
  window.tenkyoAsked = false;
  if (!narrow.matches) return;
  byId('tk-source').scrollIntoView({ block: 'start' });
  document.querySelector('#tk-source h2')?.focus({ preventScroll: true });
}

// Once for each question, so that a reader who scrolls while the answer comes is left in peace.
function followAnswer() {
  const newest = document.querySelector('#tk-current .tk-exchange');
  if (!newest) return;
  const turn = document.querySelectorAll('#tk-past .tk-exchange').length + newest.querySelector('.tk-question').textContent;
  if (turn === window.tenkyoTurn) return;
  window.tenkyoTurn = turn;
  requestAnimationFrame(() => {
    const list = byId('tk-conversation');
    if (narrow.matches) newest.scrollIntoView({ block: 'start' });
    else list.scrollTop += newest.getBoundingClientRect().top - list.getBoundingClientRect().top - 24;
  });
}

function onClick(event) {
  const button = event.target.closest('button');
  if (!button || !element.contains(button)) return;
  if (button.dataset.question) trigger('example', { question: button.dataset.question });
  if (button.dataset.document) {
    const { document: id, page, start, end } = button.dataset;
    window.tenkyoAsked = true;
    if (button.hasAttribute('aria-current')) { revealMark(); goToSource(); } // shown already: nothing would change
    else trigger('show', { document: id, page, start: Number(start), end: Number(end) });
  }
  if (button.dataset.back) byId('tk-left').scrollIntoView({ block: 'start' });
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

element.addEventListener('click', onClick);
watch('value', () => {
  if (element.closest('#tk-source')) { revealMark(); goToSource(); }
  if (element.closest('#tk-current')) followAnswer();
  if (element.closest('#tk-header') && !narrow.matches) document.querySelector('#tk-box textarea')?.focus();
  followShown();
});
if (!window.tenkyoReady) {
  window.tenkyoReady = true;
  guardComposition();
}
