// What happens to text when the network goes, or the session ends, while somebody writes.
import { PRACTICE, field, level, main, saved, section, send, visit } from './steps.mjs';

const PAGE = `${PRACTICE}/elements/partner-agencies`;
const [ONE, TWO, THREE] = ['challenge-raised', 'referral-route', 'womens-voice-to-agencies'];

const comment = (page, criterion) => field(page, criterion, 'comment');
const state = (page, criterion, words) => section(page, criterion).locator('.app-save-state').filter({ hasText: words }).waitFor();

/** Ends all sessions of somebody, from another browser of theirs. */
async function signOutEverywhere(t, who) {
  const other = await t.newPage();
  await t.signIn(other, who);
  await other.goto('/account');
  await other.getByRole('button', { name: 'Sign out everywhere' }).click();
  await other.waitForURL('**/sign-in');
}

export default [
  {
    name: 'text written without a network is saved when it is back',
    async run(page, t) {
      t.allow(/ERR_INTERNET_DISCONNECTED/);
      const lead = await t.open('lead');
      await visit(lead, t, PAGE);
      await lead.context().setOffline(true);
      await comment(lead, ONE).fill('written in a tunnel');
      await level(lead, ONE, 2).check();
      await state(lead, ONE, 'Not saved – trying again');
      await t.axe(lead);
      await comment(lead, ONE).fill('written in a tunnel, and more');
      await lead.context().setOffline(false);
      await saved(lead, ONE);
      await lead.goto(PAGE);
      t.equal(await comment(lead, ONE).inputValue(), 'written in a tunnel, and more');
      t.ok(await level(lead, ONE, 2).isChecked());
    },
  },
  {
    name: 'after the session ended elsewhere the text stays, and is saved once I have signed in in another tab',
    async run(page, t) {
      t.allow(/status of 401/);
      await t.signIn(page, 'colleague');
      await visit(page, t, PAGE);
      await signOutEverywhere(t, 'colleague');
      await comment(page, TWO).fill('written after the end');
      await comment(page, TWO).blur();
      await state(page, TWO, 'You have been signed out. Your text is kept on this page.');
      await t.axe(page);
      await t.shot(section(page, TWO).page(), 'signed out while writing');
      const tab = await page.context().newPage();
      await t.signIn(tab, 'colleague');
      await section(page, TWO).getByRole('button', { name: 'Try again' }).click();
      await saved(page, TWO);
      await tab.goto(PAGE);
      t.equal(await comment(tab, TWO).inputValue(), 'written after the end');
    },
  },
  {
    name: 'without scripts a form sent after the session ended is kept over signing in, and then saved',
    js: false,
    async run(page, t) {
      t.allow(/status of 4(01|22)/);
      await t.signIn(page, 'contributor');
      await page.goto(PAGE);
      await signOutEverywhere(t, 'contributor');
      const text = 'written “after” the end &\n<b>not</b> lost: 100 %';
      await comment(page, THREE).fill(text);
      await level(page, THREE, 3).check();
      await send(page, t, 'Save and continue');
      await main(page).getByText('You have been signed out. What you had written is kept on this page').waitFor();
      await t.shot(page, 'sign in again');
      await page.getByLabel('E-mail address').fill('contributor@demo.example');
      await page.getByLabel('Password').fill('a slip of the fingers');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.locator('.govuk-error-summary').waitFor();
      await t.signIn(page, 'contributor');
      await t.shot(page, 'signed in again');
      await page.getByRole('button', { name: 'Save what I had written' }).click();
      await page.waitForURL('**/elements/governance-and-national-support');
      await page.goto(PAGE);
      t.equal(await comment(page, THREE).inputValue(), text);
      t.ok(await level(page, THREE, 3).isChecked());
    },
  },
  {
    name: 'without scripts a page asked for after the session ended comes after signing in',
    js: false,
    async run(page, t) {
      await page.goto(PAGE);
      t.equal(new URL(page.url()).searchParams.get('next'), PAGE);
      await t.signIn(page, 'lead');
      await page.waitForURL(`**${PAGE}`);
    },
  },
];
