// Words that seem to identify somebody: pointed out before they are stored, kept on one press, never a block.
import { PRACTICE, field, follow, form, main, press, problems, saved, section, visit } from './steps.mjs';

const PAGE = `${PRACTICE}/elements/small-caseloads`;
const CRITERION = 'travel-counted';
const comment = page => field(page, CRITERION, 'comment');
const state = (page, name) => section(page, CRITERION).locator(`.app-save-state[data-state=${name}]`).waitFor();
const island = page => section(page, CRITERION).locator('.app-autosave .app-check');
const notice = page => section(page, CRITERION).locator(`[id="${CRITERION}.check"]`);
const marks = box => box.locator('mark').allTextContents();
const PROBLEM = 'Comment: look at the marked words. They may identify somebody; rewrite them or keep them as they are.';

async function write(page, words) {
  await comment(page).fill(words);
  await comment(page).blur();
}

export default [
  {
    name: 'words that may identify somebody are marked before they leave the page',
    async run(page, t) {
      const lead = await t.open('lead');
      const posts = [];
      lead.on('request', request => request.method() === 'POST' && posts.push(request.postData()));
      await visit(lead, t, PAGE);

      await write(lead, 'We met Ms Hartle at LS98 1AA in May.');
      await state(lead, 'check');
      t.equal(await marks(island(lead)), ['Ms Hartle', 'LS98 1AA']);
      t.equal(posts, [], 'nothing was sent');
      await t.axe(lead);
      await t.shot(lead, 'marked while writing');

      await write(lead, 'We met a woman in the park in May.');
      await saved(lead, CRITERION);
      t.ok(await island(lead).isHidden(), 'nothing is marked any more');
      t.ok(posts.every(post => !post.includes('Hartle')), 'the name never left the page');

      await write(lead, 'We met a woman in the park. Dr Quillan wrote.');
      await state(lead, 'check');
      await island(lead).getByRole('button', { name: 'This doesn’t identify anyone: save it' }).click();
      await saved(lead, CRITERION);
      await visit(lead, t, PAGE);
      t.equal(await comment(lead).inputValue(), 'We met a woman in the park. Dr Quillan wrote.');

      // what was kept once is not asked about again, in another field either
      await field(lead, CRITERION, 'evidence').fill('Letter of Dr Quillan.');
      await field(lead, CRITERION, 'evidence').blur();
      await saved(lead, CRITERION);
      await lead.goto(`${PRACTICE}/history`);
      const history = await main(lead).innerText();
      t.ok(history.includes('Kept words that may identify somebody') && !history.includes('Quillan'), history);
    },
  },
  {
    name: 'a text left unsaved because of such words outlives a reload, and the page’s own button asks too',
    async run(page, t) {
      t.allow(/status of 422/);
      const lead = await t.open('lead');
      lead.on('dialog', dialog => dialog.accept());
      await visit(lead, t, PAGE);
      await write(lead, 'Her sister Orla came along.');
      await state(lead, 'check');
      await visit(lead, t, PAGE);
      t.equal(await comment(lead).inputValue(), 'Her sister Orla came along.');
      await state(lead, 'check');

      await follow(lead, form(lead).getByRole('button', { name: 'Save and go to' }));
      await t.ready(lead);
      t.equal(await problems(lead), [{ says: PROBLEM, leads: true }]);
      t.equal(await marks(notice(lead)), ['Her sister Orla']);
      // typing on, the island takes over from the page's notice
      await write(lead, 'Her sister Orla came along twice.');
      await state(lead, 'check');
      t.equal(await notice(lead).count(), 0);
      await island(lead).getByRole('button', { name: 'This doesn’t identify anyone: save it' }).click();
      await saved(lead, CRITERION);
    },
  },
  {
    name: 'in a plain form such words are marked while they are written, and asked about after saving',
    async run(page, t) {
      t.allow(/status of 422/);
      const lead = await t.open('lead');
      const awake = () => lead.locator('.app-marks[data-ready]').waitFor();
      const box = lead.locator('.app-marks [role=status] .app-check');
      const what = lead.getByLabel('What is done differently');
      await lead.goto('/practices/quillbridge/adaptations/new');
      await awake();
      t.ok(await box.isHidden());
      await what.fill('We met Ms Hartle in May.');
      await box.waitFor();
      t.equal(await marks(box), ['Ms Hartle']);
      await t.axe(lead);
      await t.shot(lead, 'marked in a plain form');
      await what.fill('We meet in the library.');
      await box.waitFor({ state: 'hidden' });

      // it blocks nothing: the page asks
      await lead.getByLabel('Title').fill('Meetings with Dr Quillan');
      await press(lead, 'Save');
      t.ok((await problems(lead)).some(one => one.says.startsWith('Title: look at the marked words.') && one.leads));
      t.equal(await lead.getByLabel('Title').inputValue(), 'Meetings with Dr Quillan');
      await awake();
      t.ok(await box.isHidden(), 'what the page asks about is not told twice');
    },
  },
  {
    name: 'words are marked in every plain form while they are written',
    async run(page, t) {
      const evidence = '/practices/quillbridge/evidence/add';
      for (const [who, path, label] of [
        ['lead', `${evidence}/note`, 'Note'], ['lead', `${evidence}/link`, 'What it shows'], ['lead', `${evidence}/file`, 'Title'],
        ['lead', '/practices/quillbridge/plan/new', 'What will be done'], ['reviewer', '/practices/quillbridge/plan/support', 'What was done'],
        ['reviewer', '/conflicts', 'Why, if you wish to say'], ['reviewer3', '/practices/silverhithe/2026/review', 'Note to the Practice'],
        ['admin', '/practices/marrowdale/2026/review', 'Why it is taken up again'],
        ['lead.tidewell-strand', '/practices/tidewell-strand/2026/clarifications', 'Your answer'],
      ]) {
        const at = await t.open(who);
        await at.goto(path);
        await at.locator('.app-marks[data-ready]').first().waitFor();
        await at.getByLabel(label, { exact: true }).first().fill('We met Ms Hartle in May.');
        const box = at.locator('.app-marks [role=status] .app-check').first();
        await box.waitFor();
        t.equal([path, await marks(box)], [path, ['Ms Hartle']]);
        await t.axe(at);
        await at.close();
      }
    },
  },
  {
    name: 'without scripts the page comes back with the words marked, and one press keeps them',
    js: false,
    async run(page, t) {
      t.allow(/status of 422/);
      const lead = await t.open('lead');
      await visit(lead, t, PAGE);
      await comment(lead).fill('JS, 34, rang from 07700 900123.');
      await field(lead, 'room-before-start', 'comment').fill('Saved all the same.');
      await follow(lead, form(lead).getByRole('button', { name: 'Save and continue' }));
      t.equal(await problems(lead), [{ says: PROBLEM, leads: true }]);
      t.equal(await marks(notice(lead)), ['JS, 34', '07700 900123']);
      t.equal(await comment(lead).inputValue(), 'JS, 34, rang from 07700 900123.');
      await t.axe(lead);
      await t.shot(lead, 'marked by the page');

      await follow(lead, notice(lead).getByRole('button', { name: 'This doesn’t identify anyone: save it' }));
      t.ok(!lead.url().includes('small-caseloads'), 'it goes on to the next element');
      await visit(lead, t, PAGE);
      t.equal(await comment(lead).inputValue(), 'JS, 34, rang from 07700 900123.');
      t.equal(await field(lead, 'room-before-start', 'comment').inputValue(), 'Saved all the same.');
      // sent again with another edit: not asked again
      await comment(lead).fill('JS, 34, rang from 07700 900123. Once.');
      await follow(lead, form(lead).getByRole('button', { name: 'Save and go to' }));
      t.ok(lead.url().endsWith(PRACTICE), lead.url());
    },
  },
];
