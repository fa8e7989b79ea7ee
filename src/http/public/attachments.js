/* global document, fetch, FormData, location, DOMParser, window, XMLHttpRequest */

// Uploads with progress, several files, drag and drop. Without this script the page's forms do the same.

const upload = document.getElementById('upload');
if (upload) begin();

function begin() {
  const input = document.getElementById('file');
  const drop = upload.querySelector('.drop');
  const said = document.getElementById('said');
  const progress = document.getElementById('progress');
  let queue = Promise.resolve();

  input.multiple = true;
  input.required = false;
  upload.querySelector('button').parentElement.remove();
  upload.querySelector('label').textContent = 'Выберите фото или видео или перетащите их сюда';

  input.addEventListener('change', () => {
    add([...input.files]);
    input.value = '';
  });
  upload.addEventListener('submit', (event) => event.preventDefault());
  for (const type of ['dragenter', 'dragover']) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
  }
  drop.addEventListener('dragleave', (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove('over');
  });
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    add([...event.dataTransfer.files]);
  });
  // A file dropped beside the field must not take the place of the page.
  for (const type of ['dragover', 'drop']) {
    window.addEventListener(type, (event) => event.preventDefault());
  }
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('form.change')) return;
    event.preventDefault();
    void change(event.target);
  });

  function add(files) {
    for (const file of files) {
      const line = lineFor(file);
      queue = queue.then(() => send(file, line));
    }
  }

  function lineFor(file) {
    const line = document.createElement('li');
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute('aria-label', `Загрузка: ${file.name}`);
    line.append(file.name, bar);
    progress.append(line);
    return line;
  }

  async function send(file, line) {
    try {
      if (file.size > Number(upload.dataset.bytes)) {
        throw new Error(
          `Файл «${file.name}» больше ${upload.dataset.megabytes} МБ: уменьшите или сократите его.`,
        );
      }
      await post(file, (share) => (line.querySelector('progress').value = share));
      line.remove();
      await refresh();
      said.textContent = `Загружено: ${file.name}`;
    } catch (error) {
      line.textContent = error.message;
      line.className = 'failed';
      line.setAttribute('role', 'alert');
    }
  }

  /** `fetch` tells nothing of how far an upload has come. */
  function post(file, onShare) {
    const body = new FormData();
    body.append('file', file);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', upload.action);
      request.setRequestHeader('accept', 'application/json');
      request.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) onShare(event.loaded / event.total);
      });
      request.addEventListener('load', () =>
        request.status < 300 ? resolve() : reject(new Error(faultIn(request.responseText))),
      );
      request.addEventListener('error', () =>
        reject(new Error(`Файл «${file.name}» не передан: связь прервалась. Попробуйте ещё раз.`)),
      );
      request.send(body);
    });
  }

  async function change(form) {
    form.querySelector('button').disabled = true;
    const label = form.querySelector('button').getAttribute('aria-label');
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        headers: { accept: 'application/json' },
      });
      if (!response.ok) throw new Error(faultIn(await response.text()));
      await refresh();
      said.textContent = `Готово: ${label}`;
      document.getElementById('files-title').focus();
    } catch (error) {
      form.querySelector('button').disabled = false;
      said.textContent =
        error instanceof TypeError ? 'Связь прервалась. Попробуйте ещё раз.' : error.message;
    }
  }

  async function refresh() {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const files = page.getElementById('files');
    if (files) document.getElementById('files').replaceWith(document.adoptNode(files));
    else location.reload();
  }
}

function faultIn(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return 'Не получилось. Попробуйте ещё раз через минуту.';
  }
}
