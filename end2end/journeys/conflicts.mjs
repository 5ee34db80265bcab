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

async function seesBoth(t, criterion) {
  t.allow(/status of 409/);
  const [lead, contributor] = await apart(t, criterion);
  await state(lead, criterion, 'Not saved: Dilys Obafemi-Hart changed this answer while you were writing.');
  const panel = section(lead, criterion).locator('.app-conflict');
  for (const text of ['hers, saved first', 'mine, saved second']) await panel.getByText(text).waitFor();
  return [lead, contributor, panel];
}

export default [
  {
    name: 'in a conflict both texts stand side by side, and mine is kept when I say so',
    async run(page, t) {
      const [lead, contributor, panel] = await seesBoth(t, FIRST);
      await t.axe(lead);
      await t.shot(lead, 'both texts');
      await panel.getByRole('button', { name: 'Keep mine' }).click();
      await saved(lead, FIRST);
      t.equal(await stored(contributor, FIRST), 'mine, saved second');
    },
  },
  {
    name: 'in a conflict theirs fills my page when I take it',
    async run(page, t) {
      const [lead, contributor, panel] = await seesBoth(t, SECOND);
      await panel.getByRole('button', { name: 'Use theirs' }).click();
      await state(lead, SECOND, 'The other version is now on this page.');
      t.equal(await comment(lead, SECOND).inputValue(), 'hers, saved first');
      await level(lead, SECOND, 5).check();
      await state(lead, SECOND, /Saved \d\d:\d\d/);
      t.equal(await stored(contributor, SECOND), 'hers, saved first');
      t.ok(await level(contributor, SECOND, 5).isChecked(), 'what was chosen afterwards is saved too');
    },
  },
  {
    name: 'without scripts a conflict comes back with theirs above mine, and saving again keeps mine',
    js: false,
    async run(page, t) {
      t.allow(/status of 409/);
      const [lead, contributor] = await apart(t, THIRD);
      await level(lead, FIRST, 2).check();
      await send(lead, t, 'Save and continue');
      const top = await problems(lead);
      t.ok(top.length === 1 && top[0].leads, 'the top of the page leads to it');
      const panel = section(lead, THIRD).getByRole('alert');
      await panel.getByText('Dilys Obafemi-Hart saved this while you were writing').waitFor();
      await panel.getByText('hers, saved first').waitFor();
      t.equal(await lead.locator('.app-conflict:visible').count(), 1, 'only where both wrote');
      t.equal(await comment(lead, THIRD).inputValue(), 'mine, saved second');
      await t.shot(lead, 'theirs above mine');
      await contributor.goto(PAGE);
      t.ok(await level(contributor, FIRST, 2).isChecked(), 'what nobody else touched is saved at once');
      t.equal(await comment(contributor, THIRD).inputValue(), 'hers, saved first', 'and theirs stands until I save again');
      await send(lead, t, 'Save and continue');
      await lead.waitForURL('**/partner-agencies');
      t.equal(await stored(contributor, THIRD), 'mine, saved second');
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
];
