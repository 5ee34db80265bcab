// Who may open what. What is not somebody's to see does not exist for them.
import { main, post } from './steps.mjs';

const NOT_FOUND = 404;

/** Opens addresses and gives those that answer otherwise than they should. */
async function wrong(page, status, paths) {
  const found = [];
  for (const path of paths) {
    const reply = await page.goto(path);
    if (reply.status() !== status) found.push(`${path}: ${reply.status()}`);
  }
  return found;
}

const practice = slug => ['', '/2026', '/2026/elements/small-caseloads', '/2026/check', '/2026/history', '/2026/report', '/2025/report']
  .map(path => `/practices/${slug}${path}`);
const review = slug => ['review', 'review/small-caseloads', 'moderation'].map(path => `/practices/${slug}/2026/${path}`);
const national = ['/queue', '/practices', '/reports', '/reports/2026', '/reports/2026/report.pdf'];
const admin = ['/admin', '/admin/people', '/admin/practices', '/admin/cycles'];

export default [
  {
    name: 'a stranger is asked to sign in at every door but the sign-in page',
    async run(page, t) {
      for (const path of ['/', '/account', '/frameworks', ...national, ...admin, ...practice('quillbridge'), ...review('oakenstrand')]) {
        await page.goto(path);
        t.equal(new URL(page.url()).pathname, '/sign-in', path);
      }
    },
  },
  {
    name: 'a reader sees finished reports of the own Practice and nothing else',
    async run(page, t) {
      t.allow(/status of 404/);
      const reader = await t.open('reader');
      await reader.goto('/practices/quillbridge');
      const links = await main(reader).locator('.govuk-task-list a').allInnerTexts();
      t.equal(links.map(words => words.slice(0, 4)).sort(), ['2024', '2025', 'Adap'], 'finished years and the register');
      t.equal(await wrong(reader, 200, ['report', 'history', 'elements/small-caseloads'].map(path => `/practices/quillbridge/2025/${path}`)), []);
      const unfinished = practice('quillbridge').filter(path => path.includes('2026'));
      t.equal(await wrong(reader, NOT_FOUND, [...unfinished, ...practice('marrowdale'), ...national, ...admin, ...review('quillbridge')]), []);
      t.equal(await post(reader, '/practices/quillbridge/2026/elements/small-caseloads', { 'caseload-ceiling.revision': '0' }), NOT_FOUND);
    },
  },
  {
    name: 'a lead sees the own Practice, no other one, and no page of National Pause',
    async run(page, t) {
      t.allow(/status of 404/);
      const lead = await t.open('lead');
      t.equal(await wrong(lead, 200, practice('quillbridge')), []);
      t.equal(await wrong(lead, NOT_FOUND, [...practice('marrowdale'), ...national, ...admin, ...review('quillbridge'), ...review('marrowdale')]), []);
      await main(lead).getByRole('heading', { name: 'Page not found' }).waitFor();
      const forms = ['/practices/marrowdale/2026/submit', '/practices/marrowdale/2026/start', '/practices/quillbridge/2026/review',
        '/admin/people/invite', '/admin/practices', '/admin/cycles'];
      for (const path of forms)
        t.equal([path, await post(lead, path, { action: 'finalise', declaration: 'yes' })], [path, NOT_FOUND]);
      await lead.goto('/');
      const links = await lead.locator('.app-nav__link').allInnerTexts();
      t.equal(links.map(words => words.replace(/\s*\d.*$/s, '')), ['Home', 'Framework', 'Notices', 'Account']);
    },
  },
  {
    name: 'a reviewer opens no draft, and nobody reviews the Practice they belong to',
    async run(page, t) {
      t.allow(/status of 404/);
      const [reviewer, own] = [await t.open('reviewer'), await t.open('reviewer3')];
      t.equal(await wrong(reviewer, 200, [...review('ravelstoke'), ...national.filter(path => !path.endsWith('.pdf'))]), []);
      t.equal(await wrong(reviewer, NOT_FOUND, [...practice('quillbridge').filter(path => path.includes('2026')), ...review('quillbridge'), ...admin]), []);
      t.equal(await wrong(own, NOT_FOUND, review('ravelstoke')), []);
      t.equal(await wrong(own, 200, review('oakenstrand')), []);
      t.equal(await post(own, '/practices/ravelstoke/2026/review', { action: 'begin_review' }), NOT_FOUND);
      await own.goto('/queue');
      t.equal(await main(own).getByText('Ravelstoke').count(), 0, 'it is not in the own queue');
    },
  },
  {
    name: 'the Practice does not see the review while it is under way',
    async run(page, t) {
      t.allow(/status of 404/);
      const lead = await t.open('lead.silverhithe');
      await lead.goto('/practices/silverhithe/2026/elements/small-caseloads');
      const seen = await main(lead).innerText();
      t.ok(seen.includes('Self-rating') && !seen.includes('Review rating') && !seen.includes('Agreed rating'), 'only the own side');
      const report = await (await lead.request.get('/practices/silverhithe/2026/report/report.json')).json();
      t.ok(report.criteria.every(one => one.review_rating === null && one.review_comment === null && one.agreed_rating === null), 'nor in the files');
    },
  },
  {
    name: 'a form that another site sends is refused',
    async run(page, t) {
      const lead = await t.open('lead');
      const reply = await lead.request.post('/sign-out', { headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }, maxRedirects: 0 });
      t.equal(reply.status(), 403);
      t.equal((await lead.goto('/account')).status(), 200, 'and the session goes on');
    },
  },
];
