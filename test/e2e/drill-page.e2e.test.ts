import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { drillHtml, drillSvg } from '../../lib/report';
import { A_REPORT } from '../report/a-report';
import { barriersOf, Look, show, ShownPage, startBrowser } from './support/browser';
import { expectDrawn } from './support/drawn';

const LOOKS: Look[] = [1280, 375].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })));

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'page-'));
beforeAll(async () => {
  browser = await startBrowser();
  writeFileSync(join(folder, 'drill.html'), drillHtml(A_REPORT));
  writeFileSync(join(folder, 'drill.svg'), drillSvg(A_REPORT));
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

describe.each(LOOKS)('a drill\'s page in Chromium, $width pixels wide, $colorScheme', (look) => {
  let shown: ShownPage;
  beforeAll(async () => shown = await show(browser, join(folder, 'drill.html'), look));
  afterAll(() => shown.page.close());

  test('draws pods and losses where they happened', async () => {
    await expectDrawn(shown.page, A_REPORT);
  });

  test('needs no scrolling to the side, and no letter is cut or smaller than 10 pixels', async () => {
    const { page } = shown;
    await page.evaluate('document.querySelectorAll("details").forEach((details) => details.open = true)');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    const letters = await page.evaluate(`[...document.querySelectorAll('svg text')].filter((text) => text.getClientRects().length > 0)
      .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)`) as number[];
    const cut = await page.evaluate(`[...document.querySelectorAll('svg text')].filter((text) => {
      const [own, picture] = [text, text.ownerSVGElement].map((element) => element.getBoundingClientRect());
      return own.left < picture.left || own.right > picture.right;
    }).map((text) => text.textContent)`);
    expect(cut).toEqual([]);
    expect(letters.length).toBeGreaterThan(10);
    expect(Math.min(...letters)).toBeGreaterThanOrEqual(10);
  });

  test('has no barrier for people who see little or nothing', async () => {
    expect(await barriersOf(shown.page)).toEqual([]);
    expect(await shown.page.getByRole('img', { name: 'Deployment/web: roll (restart)' }).count()).toBe(1);
  });

  test('fetched nothing, and had nothing to complain of', () => {
    const { requests, complaints } = shown;
    expect({ requests, complaints }).toEqual({ requests: [`file://${join(folder, 'drill.html')}`], complaints: [] });
  });
});

describe('a drill\'s picture as a file in Chromium', () => {
  test('is drawn, and fetches nothing', async () => {
    const file = join(folder, 'drill.svg');
    const { page, requests, complaints } = await show(browser, file, { width: 1280, colorScheme: 'light' });
    expect({ requests, complaints }).toEqual({ requests: [`file://${file}`], complaints: [] });
    expect(await page.locator('rect.wait:has(> title)').count()).toBe(2);
  });
});
