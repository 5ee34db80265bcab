// Two colleagues on one page: whoever saves second sees both texts and chooses, and nothing is overwritten unseen.
import { PRACTICE, field, level, main, problems, saved, section, send, visit } from './steps.mjs';

const PAGE = `${PRACTICE}/elements/clear-boundaries`;
const [FIRST, SECOND, THIRD] = ['no-parenting-assessments', 'no-parenting-support', 'no-rescuing'];

const comment = (page, criterion) => field(page, criterion, 'comment');
const state = (page, criterion, words) => section(page, criterion).locator('.app-save-state').filter({ hasText: words }).waitFor();
const stored = async (page, criterion) => { await page.goto(PAGE); return comment(page, criterion).inputValue(); };

/** Both have the page open; the contributor saves a comment first. */
async function apart(t, criterion) {
  const [lead, contributor] = [await t.open('lead'), await t.open('contributor')];
  for (const page of [lead, contributor]) await visit(page, t, PAGE);
  await comment(contributor, criterion).fill('hers, saved first');
  await comment(contributor, criterion).blur();
  if (t.js) await saved(contributor, criterion);
  await send(contributor, t, 'Save and go to');
  await comment(lead, criterion).fill('mine, saved second');
  return [lead, contributor];
}

const panelOf = (page, criterion) => section(page, criterion).locator('.app-conflict');

async function seesBoth(t, criterion) {
  t.allow(/status of 409/);
  const [lead, contributor] = await apart(t, criterion);
  await state(lead, criterion, 'Not all is saved. Comment: Dilys Obafemi-Hart changed it too.');
  const panel = panelOf(lead, criterion);
  for (const text of ['hers, saved first', 'mine, saved second']) await panel.getByText(text).waitFor();
  return [lead, contributor, panel];
}

/** Chooses what to keep, and sends it where that is not done by itself. */
async function keep(page, t, criterion, words) {
  await panelOf(page, criterion).getByLabel(words, { exact: true }).check();
  if (t.js) {
    await panelOf(page, criterion).getByRole('button', { name: 'Save what I chose' }).click();
    await saved(page, criterion);
  } else await send(page, t, 'Save and continue');
}

/** The issue's own course: a colleague has the page open, the lead saves three fields, the colleague changes only the rating. */
const onlyTheRating = (js, criterion) => ({
  name: `keeping my rating keeps a colleague’s words${js ? '' : ', without scripts'}`,
  js,
  async run(page, t) {
    t.allow(/status of 409/);
    const [colleague, lead] = [await t.open('contributor'), await t.open('lead')];
    for (const page of [colleague, lead]) await visit(page, t, PAGE);
    await field(lead, criterion, 'evidence').fill('The minutes of May.');
    await comment(lead, criterion).fill('Since May.');
    await level(lead, criterion, 4).check();
    if (t.js) await saved(lead, criterion);
    await send(lead, t, 'Save and go to');
    await level(colleague, criterion, 3).check();
    await send(colleague, t, 'Save and continue');
    await panelOf(colleague, criterion).getByText('4 –').waitFor();
    if (t.js) await t.axe(colleague);
    await t.shot(colleague, 'rating asked about');
    await keep(colleague, t, criterion, 'Keep what is here');
    if (!t.js) await colleague.waitForURL('**/partner-agencies');
    t.equal(await stored(lead, criterion), 'Since May.');
    t.equal(await field(lead, criterion, 'evidence').inputValue(), 'The minutes of May.');
    t.ok(await level(lead, criterion, 3).isChecked(), 'the rating is the one that was kept');
  },
});

const noFalseConflict = (js, criterion, given) => ({
  name: `a comment and a rating by two people are both saved${js ? '' : ', without scripts'}`,
  js,
  async run(page, t) {
    const [colleague, lead] = [await t.open('contributor'), await t.open('lead')];
    for (const page of [colleague, lead]) await visit(page, t, PAGE);
    await comment(lead, criterion).fill(`by the lead ${given}`);
    if (t.js) { await comment(lead, criterion).blur(); await saved(lead, criterion); }
    await send(lead, t, 'Save and go to');
    await level(colleague, criterion, given).check();
    if (t.js) {
      await saved(colleague, criterion);
      t.equal(await comment(colleague, criterion).inputValue(), `by the lead ${given}`, 'what the lead wrote is on the page');
    }
    await send(colleague, t, 'Save and go to');
    t.equal(await stored(lead, criterion), `by the lead ${given}`);
    t.ok(await level(lead, criterion, given).isChecked());
  },
});

const takenBack = (js, criterion) => ({
  name: `a rating by mistake is taken back${js ? '' : ', without scripts'}`,
  js,
  async run(page, t) {
    const lead = await t.open('lead');
    const progress = () => lead.locator('[data-progress]').innerText();
    await visit(lead, t, PAGE);
    const before = await progress();
    await level(lead, criterion, 3).check();
    await comment(lead, criterion).fill('stays');
    if (t.js) { await comment(lead, criterion).blur(); await saved(lead, criterion); }
    if (!t.js) { await send(lead, t, 'Save and go to'); await lead.goto(PAGE); }
    t.ok(await progress() !== before, 'one more is answered');
    const clear = section(lead, criterion).getByRole('button', { name: /^Clear this answer/ });
    if (t.js) {
      await clear.click();
      await lead.waitForFunction(words => document.querySelector('[data-progress]').textContent === words, before);
    } else {
      await Promise.all([lead.waitForEvent('framenavigated'), clear.click()]);
    }
    await visit(lead, t, PAGE);
    t.equal(await progress(), before);
    t.equal(await lead.locator(`[name="${criterion}.rating"]:checked`).count(), 0);
    t.equal(await comment(lead, criterion).inputValue(), 'stays');
    await lead.goto(`${PRACTICE}/history?criterion=${criterion}`);
    await main(lead).getByText(/rating cleared/).first().waitFor();
  },
});

export default [
  onlyTheRating(true, 'partners-told-boundaries'),
  onlyTheRating(false, 'no-work-for-return'),
  noFalseConflict(true, 'partners-told-boundaries', 5),
  noFalseConflict(false, 'partners-told-boundaries', 2),
  {
    name: 'in a conflict both texts stand side by side, and mine is kept when I say so',
    async run(page, t) {
      const [lead, contributor, panel] = await seesBoth(t, FIRST);
      await t.axe(lead);
      await t.shot(lead, 'both texts');
      await panel.waitFor();
      await keep(lead, t, FIRST, 'Keep what is here');
      t.equal(await panel.count(), 0);
      t.equal(await stored(contributor, FIRST), 'mine, saved second');
    },
  },
  {
    name: 'in a conflict theirs fills my page when I take it',
    async run(page, t) {
      const [lead, contributor] = await seesBoth(t, SECOND);
      await keep(lead, t, SECOND, 'Keep theirs');
      t.equal(await comment(lead, SECOND).inputValue(), 'hers, saved first');
      await level(lead, SECOND, 5).check();
      await state(lead, SECOND, /Saved \d\d:\d\d/);
      await lead.waitForFunction(name => Number(document.getElementsByName(name)[0].value) >= 2, `${SECOND}.revision`);
      t.equal(await stored(contributor, SECOND), 'hers, saved first');
      t.ok(await level(contributor, SECOND, 5).isChecked(), 'what was chosen afterwards is saved too');
    },
  },
  {
    name: 'in a conflict both texts can be kept, and each wording can be put back',
    async run(page, t) {
      const criterion = 'partners-told-boundaries';
      const [lead, contributor] = await seesBoth(t, criterion);
      await keep(lead, t, criterion, 'Keep both, one after the other');
      t.equal(await comment(lead, criterion).inputValue(), 'mine, saved second\n\nhers, saved first');
      await lead.goto(`${PRACTICE}/history/${criterion}`);
      await t.axe(lead);
      await t.shot(lead, 'earlier wordings');
      const hers = main(lead).locator('.app-wordings > li').filter({ hasText: 'Dilys Obafemi-Hart' }).first();
      await hers.getByRole('button', { name: /Put this back/ }).click();
      await lead.waitForLoadState('domcontentloaded');
      t.equal(await stored(contributor, criterion), 'hers, saved first');
    },
  },
  {
    name: 'my own second window is not somebody else',
    async run(page, t) {
      t.allow(/status of 409/);
      const criterion = 'no-work-for-return';
      const first = await t.open('lead'), second = await first.context().newPage();
      for (const page of [first, second]) await visit(page, t, PAGE);
      await comment(first, criterion).fill('first window');
      await comment(first, criterion).blur();
      await saved(first, criterion);
      await comment(second, criterion).fill('second window');
      await state(second, criterion, 'you changed it in another window');
      t.equal(await panelOf(second, criterion).getByText('Theirs').count(), 0);
      await keep(second, t, criterion, 'Keep what is here');
      t.equal(await stored(first, criterion), 'second window');
    },
  },
  {
    name: 'without scripts a conflict comes back with both texts, and nothing is replaced before I choose',
    js: false,
    async run(page, t) {
      t.allow(/status of 409/);
      const [lead, contributor] = await apart(t, THIRD);
      await level(lead, FIRST, 2).check();
      await send(lead, t, 'Save and continue');
      const top = await problems(lead);
      t.ok(top.length === 1 && top[0].leads, 'the top of the page leads to it');
      const panel = panelOf(lead, THIRD);
      await panel.getByText('Dilys Obafemi-Hart changed it too').first().waitFor();
      await panel.getByText('hers, saved first').waitFor();
      t.equal(await lead.locator('.app-conflict:visible').count(), 1, 'only where both wrote');
      t.equal(await comment(lead, THIRD).inputValue(), 'mine, saved second');
      await t.shot(lead, 'both texts');
      await contributor.goto(PAGE);
      t.ok(await level(contributor, FIRST, 2).isChecked(), 'what nobody else touched is saved at once');
      await send(lead, t, 'Save and continue');
      await panelOf(lead, THIRD).waitFor();
      t.equal(await stored(contributor, THIRD), 'hers, saved first', 'theirs stands until I choose');
      await keep(lead, t, THIRD, 'Keep both, one after the other');
      await lead.waitForURL('**/partner-agencies');
      t.equal(await stored(contributor, THIRD), 'mine, saved second\n\nhers, saved first');
    },
  },
  {
    name: 'without scripts a whole page saved late overwrites nothing that I did not touch',
    js: false,
    async run(page, t) {
      const [lead, contributor] = [await t.open('lead'), await t.open('contributor')];
      for (const page of [lead, contributor]) await page.goto(PAGE);
      await comment(contributor, FIRST).fill('written by a colleague meanwhile');
      await level(contributor, FIRST, 1).check();
      await send(contributor, t, 'Save and go to');
      await comment(lead, SECOND).fill('my only change');
      await send(lead, t, 'Save and go to');
      await lead.waitForURL(`**${PRACTICE}`);
      t.equal(await stored(lead, FIRST), 'written by a colleague meanwhile');
      t.ok(await level(lead, FIRST, 1).isChecked());
      t.equal(await comment(lead, SECOND).inputValue(), 'my only change');
      await main(lead).getByText('Last saved by Dilys Obafemi-Hart').first().waitFor();
    },
  },
  {
    name: 'what a colleague changed after it saved itself is no conflict for the Save button',
    async run(page, t) {
      const [lead, contributor] = [await t.open('lead'), await t.open('contributor')], criterion = 'no-work-for-return';
      await visit(lead, t, PAGE);
      await comment(lead, criterion).fill('saved by itself');
      await comment(lead, criterion).blur();
      await saved(lead, criterion);
      await visit(contributor, t, PAGE);
      await comment(contributor, criterion).fill('changed by a colleague');
      await comment(contributor, criterion).blur();
      await saved(contributor, criterion);
      await lead.getByRole('button', { name: 'Save and go to' }).click();
      await lead.waitForURL(`**${PRACTICE}`);
      t.equal(await stored(lead, criterion), 'changed by a colleague');
    },
  },
  {
    name: 'what was saved as it was typed, and then taken back, is gone',
    async run(page, t) {
      const lead = await t.open('lead');
      const criterion = 'women-told-boundaries';
      await visit(lead, t, PAGE);
      const written = revision => lead.waitForFunction(
        ([name, revision]) => document.getElementsByName(name)[0].value === revision, [`${criterion}.revision`, revision]);
      await comment(lead, criterion).fill('about to be taken back');
      await written('1');
      await comment(lead, criterion).fill('');
      await written('2');
      t.equal(await stored(lead, criterion), '');
    },
  },
  takenBack(true, 'women-told-boundaries'),
  takenBack(false, 'women-told-boundaries'),
];
