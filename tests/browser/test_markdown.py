"""The page's Markdown, in a real browser: what Discord would show, and nothing that a message could do."""

import re

import pytest
from playwright.async_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RENDER = """async (sources) => {
    const { richText } = await import('/page/richtext.js');
    const people = { 7: 'ada' }, roles = { 8: { name: 'speaker', color: 0 } }, channels = { 9: 'general' };
    const names = {
        user: (id) => people[id] ?? null, role: (id) => roles[id] ?? null, channel: (id) => channels[id] ?? null,
        isMe: () => false, now: () => Date.UTC(2025, 3, 28, 1, 20), openChannel: () => {},
    };
    const kept = (each, name) => name.startsWith('on') || name === 'href' || (name === 'start' && each.start !== 1);
    return sources.map((source) => {
        const box = document.createElement('div');
        box.append(...richText(source, names));
        for (const each of box.querySelectorAll('*'))
            for (const name of each.getAttributeNames()) if (!kept(each, name)) each.removeAttribute(name);
        return box.innerHTML;
    });
}"""

SHOWN = {
    "**bold** *it* _it_ __under__ ~~gone~~": ("<strong>bold</strong> <em>it</em> <em>it</em> <u>under</u> <s>gone</s>"),
    "***both***": "<strong><em>both</em></strong>",
    "__**both**__": "<u><strong>both</strong></u>",
    "||hidden||": "<span><span>hidden</span></span>",
    "`a ** b` and ``x`y``": "<code>a ** b</code> and <code>x`y</code>",
    "```py\nprint(1)\n```": "<pre><code>print(1)</code></pre>",
    "before ```code``` after": "before <pre><code>code</code></pre> after",
    "# One\n## Two\n### Three\n#### Four": "<h3>One</h3><h4>Two</h4><h5>Three</h5>#### Four",
    "#none": "#none",
    "text\n# Head\ntext": "text<h3>Head</h3>text",
    "-# small": "<small>small</small>",
    "> one\n> two\nafter": "<blockquote>one<br>two</blockquote>after",
    ">>> one\ntwo": "<blockquote>one<br>two</blockquote>",
    ">no": "&gt;no",
    "- a\n  - b\n- c": "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
    "3. a\n4. b": '<ol start="3"><li>a</li><li>b</li></ol>',
    "- a\n1. b": "<ul><li>a</li></ul><ol><li>b</li></ol>",
    "one\ntwo": "one<br>two",
    r"\*no\* \_no\_ \# \`x\`": "*no* _no_ # `x`",
    "snake_case_name 2 * 3 * 4": "snake_case_name 2 * 3 * 4",
    "**open *open": "**open *open",
    "https://example.org/a_b_c.": '<a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.',
    "(https://example.org/x)": '(<a href="https://example.org/x">https://example.org/x</a>)',
    "<https://example.org/x>": '<a href="https://example.org/x">https://example.org/x</a>',
    "[text](https://example.org/a(b))": '<a href="https://example.org/a(b)">text</a>',
    "[**text**](<https://example.org>)": '<a href="https://example.org/"><strong>text</strong></a>',
    "<@7> <@!7> <@6>": "<span>@ada</span> <span>@ada</span> <span>@unknown-user</span>",
    "<@&8> <#9> @everyone": "<span>@speaker</span> <button>#general</button> <span>@everyone</span>",
    "<:party:123> </now:5>": "<span>:party:</span> <span>/now</span>",
    "<t:1745803200:t>": "<time>09:20</time>",
    "<t:1745803200:d> <t:1745803200:D>": "<time>28/04/2025</time> <time>28 April 2025</time>",
    "<t:1745803800:R> <t:1745796000:R>": "<time>in 10 minutes</time> <time>2 hours ago</time>",
}

HOSTILE = {
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<img src=x onerror=alert(1)>": "&lt;img src=x onerror=alert(1)&gt;",
    "[x](javascript:alert(1))": "[x](javascript:alert(1))",
    "[x](data:text/html,hi)": "[x](data:text/html,hi)",
    "<javascript:alert(1)>": "&lt;javascript:alert(1)&gt;",
    '[x](https://example.org/"onmouseover="alert(1))': (
        '<a href="https://example.org/%22onmouseover=%22alert(1)">x</a>'
    ),
    # A label that looks like another address could mislead: it stays text.
    "[good.org https://good.org](https://evil.org)": (
        '[good.org <a href="https://good.org/">https://good.org</a>](<a href="https://evil.org/">https://evil.org</a>)'
    ),
    "**<b>x</b>**": "<strong>&lt;b&gt;x&lt;/b&gt;</strong>",
    "```</code><script>1</script>```": "<pre><code>&lt;/code&gt;&lt;script&gt;1&lt;/script&gt;</code></pre>",
    "<t:99999999999999999:R>": "<span>Invalid date</span>",
    "<@&999> <#999>": "<span>@unknown-role</span> <span># unknown</span>",
}


@pytest.mark.parametrize("table", [SHOWN, HOSTILE], ids=["shown", "hostile"])
async def test_markdown(modules: Page, table: dict[str, str]) -> None:
    rendered = await modules.evaluate(RENDER, list(table))
    assert dict(zip(table, rendered, strict=True)) == table


async def test_markdown_long_times(modules: Page) -> None:
    """The words between the parts differ from one Chromium to the next."""
    (rendered,) = await modules.evaluate(RENDER, ["<t:1745803200:F> <t:1745803200>"])
    words = re.findall(r"Monday|28|April|2025|09:20", rendered)
    assert words == ["Monday", "28", "April", "2025", "09:20", "28", "April", "2025", "09:20"]


async def test_markdown_made_to_be_slow(modules: Page) -> None:
    """The longest message of each kind that makes careless parsers take seconds."""
    patterns = ["*", "**a", "[", "> ", "||", "`", "- a\n", "```", "http://", "_a ", "[a](", "*a **b ", "~~", "<", "("]
    slowest = await modules.evaluate(
        """async (patterns) => {
            const { parseMarkdown } = await import('/page/markdown.js');
            const times = patterns.map((pattern) => {
                const text = pattern.repeat(Math.floor(4000 / pattern.length));
                const start = performance.now();
                parseMarkdown(text);
                return performance.now() - start;
            });
            return Math.max(...times);
        }""",
        patterns,
    )
    assert slowest < 1000
