// Steps that several journeys share. Where scripts run, answers are saved as they are given; where they do not, the
// form's button saves them.

export const PRACTICE = '/practices/quillbridge/2026';

export const form = page => page.locator('form.app-form');
export const main = page => page.locator('main');
export const section = (page, criterion) => page.locator(`section#${criterion}`);
export const summary = page => page.locator('.govuk-error-summary');

/** Goes to a page where answers are given, and waits until it saves by itself where it does. */
export async function visit(page, t, path) {
  await page.goto(path);
  if (t.js && await page.locator('.app-autosave').count() > 0) await t.ready(page);
}

/** Waits until a criterion's fields are on the server. */
export const saved = (page, criterion) => section(page, criterion).locator('.app-save-state[data-state=saved]').waitFor();

/** The criteria on a page, in its order. */
export const criteria = page => page.locator('section.app-criterion').evaluateAll(all => all.map(one => one.id));

export const field = (page, criterion, name) => page.locator(`[name="${criterion}.${name}"]`);
export const level = (page, criterion, value) => field(page, criterion, 'rating').and(page.locator(`[value="${value}"]`));

/** A value in the list of facts of a criterion, such as its self-rating; null where it has none. */
export async function fact(page, criterion, label) {
  const row = section(page, criterion).locator('.app-facts__row').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) });
  return await row.count() === 0 ? null : (await row.first().locator('dd').innerText()).trim();
}

/** The facts of all criteria on the page that a label has. */
export const facts = (page, label) => page.locator('section.app-criterion').evaluateAll((all, label) => Object.fromEntries(all.map(one => {
  const row = [...one.querySelectorAll('.app-facts__row')].find(row => row.querySelector('dt').textContent === label && !row.closest('aside'));
  return [one.id, row?.querySelector('dd').textContent ?? null];
})), label);

/** Sends the form where answers are not saved by themselves. */
export async function send(page, t, button) {
  if (!t.js) await follow(page, form(page).getByRole('button', { name: button }));
}

/** Presses what leads to another page, and waits for that page: going elsewhere too early would call it off. */
export async function follow(page, what) {
  await Promise.all([page.waitForEvent('framenavigated'), what.click()]);
  await page.waitForLoadState('domcontentloaded');
}

/** Answers whatever is unanswered in an element, and gives the criteria that it answered. `pick` may choose a level. */
export async function fillElement(page, t, element, pick = () => 4, at = PRACTICE) {
  await visit(page, t, `${at}/elements/${element}`);
  const answered = [];
  for (const criterion of await criteria(page)) {
    if (await page.locator(`[name="${criterion}.rating"]:checked`).count() > 0) continue;
    await field(page, criterion, 'evidence').fill(`What ${criterion} rests on.`);
    await level(page, criterion, pick(criterion)).check();
    if (t.js) await saved(page, criterion);
    answered.push(criterion);
  }
  await send(page, t, 'Save and continue');
  return answered;
}

/** Rates every criterion of an element as the Practice did, or as `differently` says. */
export async function reviewElement(page, t, at, element, differently = {}) {
  await visit(page, t, `${at}/review/${element}`);
  const own = await facts(page, 'Self-rating');
  for (const criterion of await criteria(page)) {
    if (!/^\d/.test(own[criterion] ?? '')) continue;
    if (await page.locator(`[name="${criterion}.rating"]:checked`).count() > 0) continue;
    await level(page, criterion, differently[criterion] ?? own[criterion][0]).check();
    if (differently[criterion]) await field(page, criterion, 'comment').fill(`Seen at ${differently[criterion]} by the reviewer.`);
    if (t.js) await saved(page, criterion);
  }
  await send(page, t, 'Save and continue');
}

/** The elements of a version, as the framework's own pages list them. */
export async function elements(page, version = '2026.1') {
  await page.goto(`/frameworks/${version}`);
  return page.locator(`main .govuk-task-list a[href^="/frameworks/${version}/"]`).evaluateAll(all => all.map(a => a.getAttribute('href').split('/').pop()));
}

/** Presses a button that leads on. */
export async function press(page, name) {
  await follow(page, main(page).getByRole('button', { name, exact: true }));
}

/** Looks at what will be fixed, and finalises; with `t`, axe looks too, which a page without scripts cannot answer. */
export async function finalise(page, t) {
  await follow(page, main(page).getByRole('link', { name: 'Check and finalise' }));
  await main(page).getByRole('heading', { name: 'What can never be changed' }).waitFor();
  await t?.axe(page);
  await press(page, 'Finalise');
}

/** Presses a link to a file and gives the file's path and name. */
export async function download(page, name) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const file = await coming;
  return { path: await file.path(), name: file.suggestedFilename() };
}

/** Sends a form as the page would, and gives the reply's status. */
export async function post(page, path, values = {}) {
  return (await page.request.post(path, { form: values, maxRedirects: 0 })).status();
}

/** What the error summary says, each with the field its link leads to. */
export const problems = page => summary(page).locator('li').evaluateAll(all => all.map(li => {
  const target = li.querySelector('a')?.getAttribute('href').slice(1);
  return { says: li.textContent, leads: target === undefined ? null : document.getElementById(target) !== null };
}));
