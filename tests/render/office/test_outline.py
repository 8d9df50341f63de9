"""The page of the brief read as headings, texts, tables and charts."""

from __future__ import annotations

from reportgen.render.office.outline import Cell, Figure, Heading, Paragraph, Run, Table, outline


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>no text</title><style>p {{}}</style></head><body>{body}</body></html>"


def test_headings_and_paragraphs_come_in_their_order_with_what_is_strong() -> None:
    found = outline(
        page("<h1>Title</h1><section><h2>One\n  more</h2><p>A <strong>b</strong>, c<br>d.</p></section> loose ")
    )
    runs = (Run("A "), Run("b", True), Run(", c"), Run(" "), Run("d."))
    assert found == (Heading(1, "Title"), Heading(2, "One more"), Paragraph(runs), Paragraph((Run("loose"),)))


def test_spaces_are_those_that_a_page_shows_and_one_that_keeps_words_together_stays() -> None:
    (found,) = outline(page("<p>\n  USD\u00a05  \n <strong> m </strong> x </p>"))
    assert isinstance(found, Paragraph)
    assert found.text == "USD\u00a05 m x"


def test_what_a_class_says_of_a_paragraph_is_kept() -> None:
    found = outline(
        page('<p class="sub">a</p><p class="shock">b</p><ul><li>c</li></ul><p></p><header class="masthead">x</header>')
    )
    assert [(each.kind, each.text) for each in found if isinstance(each, Paragraph)] == [
        ("note", "a"), ("banner", "b"), ("bullet", "c")
    ]  # fmt: skip


def test_a_table_keeps_its_head_its_numbers_and_cells_over_several_columns() -> None:
    (found,) = outline(
        page(
            '<table><thead><tr><th>Operator</th><th class="n">BTC</th></tr></thead><tbody>'
            '<tr><th>A &amp; B</th><td class="n">1.5</td></tr><tr><td colspan="2">all</td></tr></tbody></table>'
        )
    )
    assert found == Table(
        ((Cell("Operator", strong=True), Cell("BTC", number=True, strong=True)),),
        ((Cell("A & B", strong=True), Cell("1.5", number=True)), (Cell("all", across=2),)),
    )


def test_key_figures_beside_each_other_are_one_table() -> None:
    key = '<div class="key"><div class="name">Price</div><div class="value">90</div><div class="note">USD</div></div>'
    first, rest = outline(page(f"<section>{key} {key}</section><p>x</p>"))
    row = (Cell("Price"), Cell("90", number=True, strong=True), Cell("USD"))
    assert first == Table((), (row, row))
    assert isinstance(rest, Paragraph)


def test_a_chart_has_its_title_its_words_and_its_source() -> None:
    figure = (
        '<figure><figcaption>Costs rise</figcaption><p class="unit">USD</p><img alt="Two bars" data-chart="{}">'
        '<p class="note">Source: us</p></figure>'
    )
    found = outline(page(f'{figure}<img alt="More">'))
    assert found[0] == Figure("Costs rise", "USD", "Two bars", "Source: us", "{}")
    assert found[1] == Figure("", "", "More", "", "")


def test_a_figure_without_a_chart_is_text() -> None:
    assert outline(page("<figure><p>x</p></figure>")) == (Paragraph((Run("x"),)),)
