// Who is told of what: a number in the band at the top, an inbox, and notices that lead on.
import { follow, main, post, press } from './steps.mjs';

const RETURNED = '/practices/tidewell-strand/2026';
const LEAD = 'lead.tidewell-strand';
const both = journey => [{ ...journey }, { ...journey, name: `${journey.name}, without scripts`, js: false }];

const number = async page => Number(await page.locator('.app-nav__count').evaluateAll(found => found[0]?.firstChild.textContent ?? 0));
const unread = page => page.locator('.app-notice--unread');
const inbox = page => page.goto('/notices');

export default [
  ...both({
    name: 'a notice waits, leads to its page, and is dealt with',
    async run(page, t) {
      const lead = await t.open(LEAD);
      await lead.goto('/');
      const waiting = await number(lead);
      t.ok(waiting > 0, 'the number stands on the home page');
      await t.shot(lead, 'home with a number');
      await t.axe(lead);
      await follow(lead, lead.getByRole('link', { name: 'Notices' }).first());
      t.equal(await unread(lead).count(), waiting);
      await t.axe(lead);
      await t.shot(lead, 'inbox');
      const notice = unread(lead).filter({ hasText: 'Your assessment has come back with questions' });
      t.ok((await notice.innerText()).includes('Tidewell Strand, 2026'));
      // as read, and as unread again
      await follow(lead, notice.getByRole('button', { name: 'Mark as read' }));
      t.equal(await number(lead), waiting - 1);
      const line = lead.locator('.app-notice').filter({ hasText: 'come back with questions' }).filter({ hasText: '2026' });
      await follow(lead, line.getByRole('button', { name: 'Mark as unread' }).first());
      t.equal(await number(lead), waiting);
      await follow(lead, notice.getByRole('link'));
      t.equal(new URL(lead.url()).pathname, RETURNED);
      t.equal(await number(lead), waiting - 1, 'opened is read');
      // handing it in tells the reviewer, and nobody else
      const reviewer = await t.open('reviewer2');
      const bystander = await t.open('colleague');
      for (const one of [reviewer, bystander]) await inbox(one);
      const before = [await number(reviewer), await number(bystander)];
      t.equal(await post(lead, `${RETURNED}/submit`, { declaration: 'yes' }), 303);
      for (const one of [reviewer, bystander]) await inbox(one);
      t.equal([await number(reviewer), await number(bystander)], [before[0] + 1, before[1]]);
      await follow(reviewer, unread(reviewer).filter({ hasText: 'Tidewell Strand' }).getByRole('link', { name: 'submitted for review' }));
      t.equal(new URL(reviewer.url()).pathname, `${RETURNED}/review`);
      // for the journey's second half, it goes back as it was
      for (const [action, note] of [['begin_review', ''], ['return', 'Thank you. One more look, please.']]) {
        t.equal(await post(reviewer, `${RETURNED}/review`, { action, note }), 303, action);
      }
    },
  }),
  ...both({
    name: 'all at once, an inbox with nothing in it, and the choice of e-mail',
    async run(page, t) {
      const reviewer = await t.open('reviewer');
      await inbox(reviewer);
      t.ok(await number(reviewer) > 0);
      await t.shot(reviewer, 'inbox of a reviewer');
      const older = reviewer.getByRole('link', { name: 'Older notices' });
      t.ok(await older.count() > 0, 'three cycles fill more than one page');
      await follow(reviewer, older);
      await t.axe(reviewer);
      t.equal(await unread(reviewer).count(), 0);
      await follow(reviewer, reviewer.getByRole('link', { name: 'Newer notices' }));
      await press(reviewer, 'Mark all as read');
      t.equal([await number(reviewer), await unread(reviewer).count()], [0, 0]);
      await main(reviewer).getByText('You have read them all.').waitFor();
      for (const one of await reviewer.locator('.app-notice').getByRole('button', { name: 'Mark as unread' }).all()) {
        await follow(reviewer, one);
        break;
      }
      t.equal(await number(reviewer), 1);
      await follow(reviewer, main(reviewer).getByRole('link', { name: 'E-mail about notices' }));
      await main(reviewer).getByText('This site sends no e-mail.').waitFor();
      const admin = await t.open('lead.traeth-y-ser');
      await inbox(admin);
      await main(admin).getByText('Nothing waits for you.').waitFor();
      await t.axe(admin);
      await t.shot(admin, 'empty inbox');
    },
  }),
];
