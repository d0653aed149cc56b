// The maintainers' page: lists, uploads, removes and indexes anew through the HTTP API. All text goes in as text.

const words = JSON.parse(document.getElementById('tm-words').textContent);
const byId = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
let documents = [];
const refused = new Set(); // told beside their upload already

function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function say(text) { byId('tm-live').textContent = text; }

function complain(text) {
  byId('tm-problem').textContent = text;
  byId('tm-problem').hidden = !text;
}

// The body of an answer. Throws an Error whose message is for the reader.
async function asked(path, options = {}) {
  let answer;
  try { answer = await fetch(path, options); } catch { throw new Error(words.lost); }
  if (answer.status === 401) { location.href = `login?${new URLSearchParams({ next: location.pathname })}`; }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.detail || words.lost);
  return body;
}

// ---- the list

async function load() {
  try {
    const body = await asked('v1/documents');
    documents = body.documents;
    byId('tm-documents-title').textContent = fill(words.documents, { count: documents.length });
    showFailures(body.failures);
    show();
  } catch (error) { complain(error.message); }
}

function showFailures(failures) {
  const box = byId('tm-failures');
  failures = failures.filter((one) => !refused.has(one.path));
  box.hidden = !failures.length;
  box.querySelector('h2').textContent = fill(words.failures, { count: failures.length });
  box.querySelector('ul').replaceChildren(...failures.map((one) => made('li', {},
    made('strong', { textContent: one.path }), made('span', { textContent: one.reason }))));
}

function show() {
  const wanted = byId('tm-search').value.normalize('NFKC').toLowerCase();
  const shown = documents.filter((one) => `${one.title} ${one.publisher} ${one.id}`.normalize('NFKC').toLowerCase().includes(wanted));
  byId('tm-documents').replaceChildren(...shown.map(row));
  byId('tm-none').hidden = documents.length > 0;
}

function row(one) {
  const problems = one.problems || [];
  const [document_, publisher, pages, state, action] = words.columns;
  const cell = (name, ...children) => { const td = made('td', {}, ...children); td.dataset.label = name; return td; };
  const remove = made('button', { type: 'button', className: 'tm-plain', textContent: words.remove, ariaLabel: `${words.remove}：${one.title}` });
  remove.addEventListener('click', () => askToRemove(one));
  const about = [one.id, words.origins[one.origin] || one.origin].join('・');
  return made('tr', {},
    cell(document_, made('span', { className: 'tm-title', textContent: one.title }), made('span', { className: 'tm-quiet', textContent: about })),
    cell(publisher, made('span', { textContent: one.publisher }), made('span', { className: 'tm-quiet', textContent: one.published })),
    cell(pages, fill(words.pages, { count: one.pages, locator: one.locator })),
    cell(state, problems.length ? problemList(one, problems) : made('span', { className: 'tm-fine', textContent: words.fine })),
    cell(action, remove));
}

function pageLink(id, page) { return `./?${new URLSearchParams({ document: id, page })}`; }

function problemList(one, problems) {
  const items = problems.slice(0, 50).map((page) => made('li', {},
    made('a', { textContent: `${one.locator} ${page.page}`, href: pageLink(one.id, page.page) }), made('span', { textContent: page.reason })));
  if (problems.length > 50) items.push(made('li', { textContent: fill(words.more, { count: problems.length - 50 }) }));
  return made('details', {},
    made('summary', { className: 'tm-look', textContent: fill(words.look, { count: problems.length }) }),
    made('ul', { className: 'tm-list', ariaLabel: words.problems }, ...items));
}

// ---- removing

function askToRemove(one) {
  const dialog = byId('tm-remove');
  byId('tm-remove-ask').textContent = fill(words.remove_ask, { title: one.title });
  byId('tm-remove-folder').hidden = one.origin !== 'folder';
  dialog.returnValue = '';
  dialog.onclose = () => { if (dialog.returnValue === 'yes') remove(one); };
  dialog.showModal();
}

async function remove(one) {
  complain('');
  say(words.removing);
  try {
    await asked(`v1/documents/${encodeURIComponent(one.id)}`, { method: 'DELETE' });
    await load();
    say(fill(words.removed, { title: one.title }));
    byId('tm-search').focus();
  } catch (error) { complain(error.message); }
}

// ---- uploading

async function uploadAll(files) {
  for (const file of files) await upload(file);
  await load();
}

function upload(file) {
  const bar = made('progress', { max: 100, value: 0, ariaLabel: file.name });
  const state = made('span', { className: 'tm-state' });
  const item = made('li', {}, made('strong', { textContent: file.name }), bar, state);
  byId('tm-uploads').append(item);
  const tell = (text) => { state.textContent = text; };
  return new Promise((done) => {
    const end = (kind, text) => { bar.remove(); item.className = kind; tell(text); say(`${file.name}：${text}`); done(); };
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => {
      const percent = Math.floor((100 * event.loaded) / event.total);
      bar.value = percent;
      tell(fill(words.sending, { percent }));
    };
    request.upload.onload = () => { bar.removeAttribute('value'); tell(words.indexing); };
    request.onerror = () => end('tm-bad', words.lost);
    request.onload = () => {
      let body = {};
      try { body = JSON.parse(request.responseText); } catch { /* no JSON: the status tells */ }
      if (request.status < 300) end('tm-good', words.added);
      else refused.add(file.name) && end('tm-bad', `${words.failed}：${body.detail || words.lost}`);
    };
    const form = new FormData();
    form.append('file', file);
    request.open('POST', 'v1/documents');
    request.send(form);
  });
}

// ---- indexing anew

async function reindex() {
  const [button, bar, state] = [byId('tm-reindex'), byId('tm-reindex-bar'), byId('tm-reindex-state')];
  button.disabled = true;
  bar.hidden = false;
  bar.removeAttribute('value');
  complain('');
  try {
    const answer = await fetch('maintain/reindex', { method: 'POST' }).catch(() => { throw new Error(words.lost); });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || words.lost);
    for await (const event of lines(answer)) {
      if (event.error) throw new Error(event.error);
      if (event.report) state.textContent = fill(words.reindexed, event.report);
      else { bar.max = event.total || 1; bar.value = event.done; state.textContent = fill(words.reindexing, event); }
    }
  } catch (error) {
    state.textContent = '';
    complain(error.message);
  }
  bar.hidden = true;
  button.disabled = false;
  await load();
}

async function* lines(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    for (const one of parts) if (one) yield JSON.parse(one);
  }
}

// ---- wiring

const drop = byId('tm-drop');
byId('tm-file').addEventListener('change', (event) => { uploadAll([...event.target.files]); event.target.value = ''; });
for (const kind of ['dragover', 'dragleave', 'drop']) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle('tm-over', kind === 'dragover');
    if (kind === 'drop') uploadAll([...event.dataTransfer.files]);
  });
}
byId('tm-search').addEventListener('input', show);
byId('tm-reindex').addEventListener('click', reindex);
for (const button of document.querySelectorAll('[data-dark]')) button.addEventListener('click', tenkyoColours.change);
load();
