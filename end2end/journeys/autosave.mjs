// The island that saves answers, against replies that a real server seldom gives: lost ones, conflicts, refusals.
// The page is made here as the server renders it; the island is the server's own build.

const answer = (id, component) => `
  <div data-autosave-url="/save/${id}" data-autosave-key="test/${id}"><leptos-island data-component="${component}">${''
  }<div class="app-autosave"><leptos-children><input type="hidden" name="${id}.revision" value="3"><input type="hidden" name="${id}.base" value="shown">
  <div class="govuk-form-group"><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Rating of ${id}</legend><div class="govuk-radios">
  ${[1, 2, 3].map(n => `<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="${id}.rating-${n}" name="${id}.rating"
    value="${n}"${n === 2 ? ' checked' : ''}><label class="govuk-label govuk-radios__label" for="${id}.rating-${n}">Level ${n}</label></div>`).join('')}
  </div></fieldset></div><div class="govuk-form-group"><label class="govuk-label" for="${id}.comment">Comment on ${id}</label>
  <textarea class="govuk-textarea" id="${id}.comment" name="${id}.comment">old text</textarea></div></leptos-children>${''
  }<p tabindex="-1" data-state="untouched" class="app-save-state"><!> </p><span role="status" class="govuk-visually-hidden"> </span>${''
  }<a href="/sign-in" target="_blank" hidden class="govuk-link">Sign in (opens in a new tab)</a>${''
  }<button type="button" hidden class="govuk-button govuk-button--secondary">Try again</button>${''
  }<div role="group" aria-label="Words that may identify somebody" hidden class="app-check"><p>Nothing that identifies a woman or a child belongs here. Rewrite the marked words, or keep them if they are no risk to anybody.</p><dl class="app-check__found"></dl>${''
  }<button type="button" class="govuk-button govuk-button--secondary">This doesn’t identify anyone: save it</button></div>${''
  }</div></leptos-island></div>`;

const html = component => `<!DOCTYPE html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>Answers</title>
  <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/pkg/0/pause.css"><link rel="icon" href="/pkg/0/icon.svg"></head>
  <body class="govuk-template__body"><main class="govuk-width-container"><h1 class="govuk-heading-l">Answers</h1><p data-progress>0 of 2</p>
  <form method="post" action="/sent">${answer('a', component)}${answer('b', component)}<button class="govuk-button">Save</button></form></main>
  <script type="module">
    const glue = await import('/pkg/0/pause.js');
    await new Promise(go => { globalThis.wake = go; if (!location.hash) go(); });
    await glue.default({ module_or_path: '/pkg/0/pause.wasm' });
    glue.hydrate();
    for (const island of document.querySelectorAll('leptos-island')) glue[island.dataset.component](island);
  </script></body></html>`;

const json = (status, body) => ({ status, contentType: 'application/json', body: JSON.stringify(body) });
const saved = revision => json(200, { state: 'saved', revision, base: `base ${revision}`, at: '14:02', progress: '1 of 2 answered' });

/** Others saved these texts meanwhile. */
const conflict = (theirs, revision = 8) => json(409, { state: 'conflict', revision, fields: [], theirs, words: 'Not all is saved. Comment: Ann changed it too.', html: `
  <div class="app-conflict" role="group" aria-label="Two versions"><input type="hidden" name="a.ask" value="comment"><input type="hidden" name="a.by" value="Ann">
  <dl><dt>Comment</dt><dd>mine</dd><dd>hers</dd></dl><fieldset class="govuk-fieldset"><legend>Comment</legend><div class="govuk-radios">${''
  }${[['mine', 'Keep what is here'], ['theirs', 'Keep theirs']].map(([value, label]) => `<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio"
  id="settle-${value}" name="a.settle-comment" value="${value}"><label class="govuk-label govuk-radios__label" for="settle-${value}">${label}</label></div>`).join('')}
  </div></fieldset><button type="button" class="govuk-button app-conflict__save">Save what I chose</button></div>` });

/** Opens the page; `replies` are taken one by one, `sent` collects what arrived. A reply may be a function or null (lost). */
async function open(page, t, replies, hash = '') {
  const script = await (await fetch(`${t.base}/pkg/0/pause.js`)).text();
  const component = script.match(/AutosaveFields_\d+/)[0];
  const sent = [];
  await page.route('**/answers', route => route.fulfill({ contentType: 'text/html', body: html(component) }));
  await page.route('**/sent', route => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>Sent</title>' }));
  await page.route('**/save/*', async route => {
    sent.push(Object.fromEntries(new URLSearchParams(route.request().postData())));
    const reply = replies.shift() ?? saved(99);
    await (reply === 'lost' ? route.abort('connectionreset') : route.fulfill(typeof reply === 'function' ? await reply() : reply));
  });
  await page.goto(`/answers${hash}`);
  if (!hash) await t.ready(page);
  return sent;
}

const status = page => page.locator('.app-save-state').first();
const words = (page, text) => status(page).filter({ hasText: text }).waitFor();
const text = page => page.getByLabel('Comment on a');

export default [
  {
    name: 'typing is saved after a pause, a choice at once, and the page follows',
    async run(page, t) {
      const sent = await open(page, t, [saved(4), saved(5)]);
      await text(page).fill('new & better');
      t.equal(sent.length, 0, 'nothing is sent while typing');
      await words(page, 'Saved 14:02');
      t.equal(sent[0], { 'a.revision': '3', 'a.base': 'shown', 'a.rating': '2', 'a.comment': 'new & better' });
      t.equal(await page.locator('[data-progress]').textContent(), '1 of 2 answered');
      await page.getByLabel('Level 3').first().check();
      await page.waitForFunction(() => document.querySelector('[name="a.revision"]').value === '5');
      t.equal(sent[1], { 'a.revision': '4', 'a.base': 'base 4', 'a.rating': '3', 'a.comment': 'new & better' });
      t.equal(await page.evaluate(() => sessionStorage.length), 0, 'no draft is left');
      await t.axe(page);
    },
  },
  {
    name: 'one request at a time, and the latest text wins',
    async run(page, t) {
      let release;
      const slow = () => new Promise(go => { release = () => go(saved(4)); });
      const sent = await open(page, t, [slow, saved(5)]);
      await text(page).fill('first');
      await text(page).blur();
      await page.waitForFunction(() => document.querySelector('.app-save-state').dataset.state === 'edited');
      await t.until(() => sent.length === 1);
      await text(page).fill('second');
      await text(page).blur();
      release();
      await words(page, 'Saved 14:02');
      t.equal(sent.map(form => [form['a.comment'], form['a.revision']]), [['first', '3'], ['second', '4']]);
    },
  },
  {
    name: 'a conflict shows both texts, and what was chosen is sent with the new revision',
    async run(page, t) {
      t.allow(/409/);
      const sent = await open(page, t, [conflict([{ name: 'a.comment', text: 'hers' }]), saved(9)]);
      await text(page).fill('mine');
      await text(page).blur();
      await words(page, 'Ann changed it too');
      await t.axe(page);
      await t.shot(page, 'conflict');
      await page.getByRole('button', { name: 'Save what I chose' }).click();
      t.equal(sent.length, 1, 'nothing is sent before something is chosen');
      await page.getByLabel('Keep what is here').check();
      t.equal(sent.length, 1);
      await page.getByRole('button', { name: 'Save what I chose' }).click();
      await words(page, 'Saved 14:02');
      t.equal(sent[1], { 'a.revision': '8', 'a.base': '', 'a.rating': '2', 'a.comment': 'mine', 'a.ask': 'comment', 'a.by': 'Ann', 'a.settle-comment': 'mine' });
      t.equal(await page.locator('.app-conflict').count(), 0);
    },
  },
  {
    name: 'taking theirs fills the fields',
    async run(page, t) {
      t.allow(/409/);
      const theirs = json(200, { state: 'saved', revision: 8, base: 'base 8', at: '14:02', progress: '', fields: [{ name: 'a.comment', text: 'hers' }] });
      const sent = await open(page, t, [conflict([{ name: 'a.comment', text: 'hers' }]), theirs]);
      await text(page).fill('mine');
      await text(page).blur();
      await page.getByLabel('Keep theirs').check();
      await page.getByRole('button', { name: 'Save what I chose' }).click();
      await words(page, 'Saved 14:02');
      t.equal(await text(page).inputValue(), 'hers');
      t.equal(await page.locator('[name="a.revision"]').inputValue(), '8');
      t.equal(sent.length, 2);
      t.equal(await page.locator(':focus').getAttribute('class'), 'app-save-state', 'the focus stays at the answer');
    },
  },
  {
    name: 'what others changed comes onto the page, but not over what is being typed',
    async run(page, t) {
      let release;
      const merged = revision => json(200, { state: 'saved', revision, base: `base ${revision}`, at: '14:02', progress: '', fields: [{ name: 'a.comment', text: 'hers' }] });
      const sent = await open(page, t, [merged(5), () => new Promise(go => { release = () => go(merged(7)); }), saved(8)]);
      await page.getByLabel('Level 3').first().check();
      await words(page, 'Saved 14:02');
      t.equal(await text(page).inputValue(), 'hers');
      t.equal(await page.locator('[name="a.revision"]').inputValue(), '5');
      await page.getByLabel('Level 1').first().check();
      await t.until(() => release);
      await text(page).fill('typed meanwhile');
      release();
      await t.until(() => sent.length === 3);
      t.equal([sent[2]['a.comment'], sent[2]['a.revision'], sent[2]['a.base']], ['typed meanwhile', '5', 'base 5']);
    },
  },
  {
    name: 'a choice that is taken back is sent as such',
    async run(page, t) {
      const sent = await open(page, t, [saved(4)]);
      await page.evaluate(() => document.querySelector('.govuk-radios').insertAdjacentHTML('afterend', '<button type="submit" class="app-clear" name="clear" value="a">Clear</button>'));
      await page.getByRole('button', { name: 'Clear' }).click();
      await words(page, 'Saved 14:02');
      t.equal(sent[0], { 'a.revision': '3', 'a.base': 'shown', 'a.rating': '', 'a.comment': 'old text' });
    },
  },
  {
    name: 'a refused field says why beside itself until it is put right',
    async run(page, t) {
      t.allow(/422/);
      await open(page, t, [json(422, { state: 'refused', errors: [{ name: 'a.comment', message: 'Write less' }] }), saved(4)]);
      await text(page).fill('too long');
      await text(page).blur();
      await words(page, 'See the message');
      t.equal(await page.locator('.govuk-error-message').innerText(), 'Error: Write less');
      t.equal(await text(page).getAttribute('aria-describedby'), 'a.comment-unsaved');
      await t.axe(page);
      await text(page).fill('short');
      await words(page, 'Saved 14:02');
      t.equal(await page.locator('.govuk-error-message').count(), 0);
      t.equal(await text(page).getAttribute('aria-describedby'), null);
    },
  },
  {
    name: 'after a sign-out the text stays, and trying again saves it',
    async run(page, t) {
      t.allow(/401/);
      const sent = await open(page, t, [json(401, {}), saved(4)]);
      await text(page).fill('kept');
      await words(page, 'You have been signed out');
      await text(page).fill('kept and more');
      await text(page).blur();
      t.equal(sent.length, 1, 'nothing is sent until asked');
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await words(page, 'Saved 14:02');
      t.equal(sent[1]['a.comment'], 'kept and more');
    },
  },
  {
    name: 'a lost network is tried again by itself, and a lost reply is no conflict',
    async run(page, t) {
      t.allow(/ERR_|409/);
      const own = conflict([{ name: 'a.comment', text: 'offline' }], 4);
      const sent = await open(page, t, ['lost', own, saved(5)]);
      await text(page).fill('offline');
      await words(page, 'Not saved – trying again');
      await text(page).fill('offline, more');
      await words(page, 'Saved 14:02');
      t.equal(sent.map(form => [form['a.comment'], form['a.revision']]), [['offline', '3'], ['offline, more', '3'], ['offline, more', '4']]);
    },
  },
  {
    name: 'an edit taken back after its reply was lost is sent once more, as an edit',
    async run(page, t) {
      t.allow(/ERR_/);
      const sent = await open(page, t, ['lost', saved(5)]);
      await text(page).fill('doubtful');
      await words(page, 'Not saved – trying again');
      await text(page).fill('old text');
      await words(page, 'Saved 14:02');
      t.equal(sent.map(form => [form['a.comment'], form['a.base']]), [['doubtful', 'shown'], ['old text', '']]);
    },
  },
  {
    name: 'the return of the network ends the wait at once',
    async run(page, t) {
      t.allow(/ERR_/);
      const sent = await open(page, t, ['lost', 'lost', 'lost', saved(4)]);
      await text(page).fill('offline');
      await text(page).blur();
      for (const count of [1, 2, 3, 4]) {
        await t.until(() => sent.length >= count);
        await page.waitForFunction(() => ['unreachable', 'saved'].includes(document.querySelector('.app-save-state').dataset.state));
        await page.evaluate(() => window.dispatchEvent(new Event('online')));
      }
      await words(page, 'Saved 14:02');
    },
  },
  {
    name: 'text that could not be saved comes back after a reload',
    async run(page, t) {
      t.allow(/ERR_/);
      const sent = await open(page, t, ['lost', 'lost', 'lost', 'lost']);
      await text(page).fill('precious');
      await page.getByLabel('Level 1').first().check();
      await words(page, 'trying again');
      page.on('dialog', dialog => dialog.accept());
      await page.reload();
      await t.ready(page);
      await words(page, 'Restored text that was not saved yet.');
      t.equal(await text(page).inputValue(), 'precious');
      t.ok(await page.getByLabel('Level 1').first().isChecked());
      await t.until(() => sent.at(-1)['a.comment'] === 'precious' && sent.at(-1)['a.revision'] === '3');
    },
  },
  {
    name: 'edits made before the island woke are saved',
    async run(page, t) {
      const sent = await open(page, t, [saved(4)], '#asleep');
      await page.waitForFunction(() => globalThis.wake);
      await text(page).fill('early');
      await page.evaluate(() => globalThis.wake());
      await words(page, 'Saved 14:02');
      t.equal(sent[0]['a.comment'], 'early');
    },
  },
  {
    name: 'leaving with unsaved text is asked about, the Save button is not',
    async run(page, t) {
      t.allow(/401/);
      await open(page, t, [json(401, {}), json(401, {})]);
      await text(page).fill('unsaved');
      await words(page, 'signed out');
      const asked = new Promise(heard => page.once('dialog', dialog => { heard(dialog.type()); dialog.dismiss(); }));
      await page.evaluate(() => { location.href = '/elsewhere'; });
      t.equal(await asked, 'beforeunload');
      page.once('dialog', dialog => { t.note(`asked ${dialog.type()}`); dialog.accept(); });
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.waitForURL('**/sent');
    },
  },
];
