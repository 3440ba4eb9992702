import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { Browser, chromium, Page } from 'playwright-core';

/** How somebody looks at a page. */
export interface Look {
  /** In pixels. */
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** A page as a real browser shows it. */
export interface ShownPage {
  readonly page: Page;
  /** Everything that the browser asked for. */
  readonly requests: readonly string[];
  /** What it said on its console, errors of the page included. */
  readonly complaints: readonly string[];
}

/** Starts Chromium with a profile of its own: CHROMIUM, else Debian's, which `test/e2e/run` has seen to. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

/** Shows a file. */
export async function show(browser: Browser, file: string, { width, colorScheme }: Look): Promise<ShownPage> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`file://${file}`);
  return { page, requests, complaints };
}

/** A thing in a picture: its class, its tooltip, and where it is seen, in pixels of the window. */
export interface Seen {
  readonly kind: string;
  readonly title: string;
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

/** Everything that has a tooltip in the one picture that can be seen. */
export async function seenIn(page: Page): Promise<Seen[]> {
  const things = await page.locator('svg:visible > [class]:has(> title)').all();
  return Promise.all(things.map(async (thing) => {
    const [kind, title, box] = await Promise.all([thing.getAttribute('class'), thing.locator('title').textContent(), thing.boundingBox()]);
    const { x, y, width, height } = box!;
    return { kind: kind!, title: title!, left: x, right: x + width, middle: y + height / 2 };
  }));
}

/** What axe finds wrong with a page for people who see little or nothing, contrast included: `rule: element`. */
export async function barriersOf(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core'), 'utf8'));
  const { violations } = await page.evaluate('axe.run()') as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
