import { basename } from 'node:path';
import { altered, Change, sourceOf } from './programs';

/** What an application has to do; `finish` and `leave` are the two halves of `exit when empty`: not before, and not later. */
export type Part = 'accept' | 'close notice' | 'not ready' | 'tell streams' | 'leave' | 'finish';

/** One application as it is rolled. */
export interface Variant {
  readonly language: 'node' | 'go' | 'nginx';
  /** @default - it does all it has to */
  readonly without?: Part;
  /** Whether SIGTERM comes only after the preStop wait that the plan writes; without it, at once. */
  readonly waits: boolean;
}

/** The files that a part may be left out of. */
const FILES = { node: ['node/server.js'], go: ['go/main.go'], nginx: ['nginx/start.sh', 'nginx/nginx.conf'] } as const;

/** How each part is left out: lines go, or do what is done where nobody thought of it. */
const LEFT_OUT: Readonly<Record<Variant['language'], Partial<Record<Part, readonly Change[]>>>> = {
  node: {
    'accept': [['  await sleep(Number(CLOSE_NOTICE_SECONDS) * 1000);\n', '']],
    'close notice': [
      ["  if (leaving && request.httpVersionMajor === 1) response.setHeader('connection', 'close');\n", ''],
      ['  for (const session of sessions) session.close(); // GOAWAY, and an end when what was begun is answered\n', ''],
    ],
    'not ready': [['leaving ? 503 : 200', '200']],
    'tell streams': [["  for (const open of streams) open.write('move\\n');\n", ''], ["  if (leaving) response.write('move\\n');\n", '']],
    'leave': [['  server.close();', '  //']],
    'finish': [['  server.close();', '  process.exit();']],
  },
  go: {
    'accept': [['\ttime.Sleep(time.Duration(closeNotice) * time.Second)\n', '']],
    'close notice': [['\t\tw.Header().Set("Connection", "close")', '\t\t']],
    'not ready': [['\t\tw.WriteHeader(http.StatusServiceUnavailable)', '\t\t']],
    'tell streams': [['\t\t\tsay("move")\n', '']],
    'leave': [['\tendNow()\n', '\tselect {}\n']],
    'finish': [['server.Shutdown(context.Background())', 'server.Close()']],
  },
  nginx: {
    'accept': [['  sleep "${CLOSE_NOTICE_SECONDS:-10}"\n', '']],
    'close notice': [['  : >/run/leaving\n', '']],
    'not ready': [['return 503;', 'return 200;']],
    'leave': [['trap leave TERM QUIT', '#']],
    'finish': [['kill -QUIT', 'kill -TERM']],
  },
};

/** The sources of a variant, by the name of the file; each change is made where its text is. */
export function sourcesOf({ language, without }: Variant): Readonly<Record<string, string>> {
  const changes = without ? LEFT_OUT[language][without]! : [];
  const sources = FILES[language].map(sourceOf);
  altered(sources.join(''), changes); // throws where a text is nowhere
  const altogether = sources.map((source) => altered(source, changes.filter(([text]) => source.includes(text))));
  return Object.fromEntries(FILES[language].map((file, i) => [basename(file), altogether[i]]));
}

/** `node, without accept, no wait`. */
export function nameOf({ language, without, waits }: Variant): string {
  return [language, without ? `without ${without}` : 'complete', ...waits ? [] : ['no wait']].join(', ');
}

/** The file name of a variant that is linked. */
export function programOf({ without }: Variant): string {
  return `application-${without?.replaceAll(' ', '-') ?? 'complete'}`;
}

/** All of it, and without what shows only where several pods end on one node. */
export function sharedNodeVariantsOf(language: Variant['language']): Variant[] {
  return [{ language, waits: true }, { language, without: 'not ready', waits: true }];
}

/** Behind the wait: the parts that it does not make up for; without it: those that it hides. */
export function variantsOf(language: Variant['language']): Variant[] {
  const without = (parts: readonly Part[], waits: boolean) => parts
    .filter((part) => LEFT_OUT[language][part])
    .map((part) => ({ language, without: part, waits }));
  return [
    { language, waits: true }, ...without(['close notice', 'tell streams', 'leave'], true),
    { language, waits: false }, ...without(['accept', 'finish'], false),
  ];
}
