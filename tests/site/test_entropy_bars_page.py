"""The entropy bars on a page with no kernel: drags, keys, links, and what is said about them."""

import re
from itertools import islice

import numpy as np
import pytest

from ibtools.information import entropy_from_table
from ibtools.widgets.entropy_bars import EntropyBars

# Resolves after the widget has heard of the address, since it listens for longer.
GO = """hash => new Promise(done => {
  addEventListener("hashchange", done, {once: true});
  location.hash = hash;
}).then(() => {})"""
NUMBERS = ("mean", "deviation", "entropy", "effective", "length")


def law(page):
    """{value: probability} as the sliders tell it, from left to right."""
    bars = page.locator(".height:not([hidden])").all()
    names = [re.sub(r"\D", "", bar.get_attribute("aria-label")) for bar in bars]
    shares = [float(bar.get_attribute("aria-valuenow")) for bar in bars]
    return dict(sorted(zip(map(int, names), shares, strict=True)))


def numbers(page):
    told = page.locator(".numbers > .number").all_text_contents()
    return {name: float(text.split()[0]) for name, text in zip(NUMBERS, told, strict=True)}


def said(page):
    return page.get_by_role("status").text_content()


def dragged(page, place, dx, dy):
    box = place.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in (0.3, 1):
        page.mouse.move(x + part * dx, y + part * dy)
    page.mouse.up()


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_a_drag_moves_a_bar_and_all_that_hangs_on_it(opened, width, theme):
    visited, page = opened(EntropyBars(), width, theme)
    assert law(page) == {4: 0.5, 6: 0.25, 8: 0.125, 10: 0.125}
    assert numbers(page) == {
        "mean": 5.75, "deviation": 2.11, "entropy": 1.75, "effective": 3.36, "length": 1.75,
    }  # fmt: skip
    grip = page.get_by_role("slider", name="Probability of 4").locator(".grip")
    dragged(page, grip, 0, -42)
    # 42 of the 140 pixels that are a probability of 1; the others keep their proportions.
    expected = [0.8, 0.1, 0.05, 0.05]
    assert list(law(page).values()) == pytest.approx(expected, abs=5e-3)
    entropy = entropy_from_table(expected)
    assert numbers(page)["entropy"] == pytest.approx(entropy, abs=0.02)
    page.locator("css=.state", has_text=f"{numbers(page)['entropy']:.2f} bits").wait_for()
    # On the gauge the entropy is where log₂ of the effective number is on its lower scale.
    gauge = page.locator("rect.gauge").bounding_box()
    filled = page.locator("rect.filled").bounding_box()
    assert filled["width"] / gauge["width"] == pytest.approx(entropy / 2, abs=0.01)
    dragged(page, grip, 0, 300)
    assert list(law(page).values()) == [0, 0.5, 0.25, 0.25]
    assert page.locator("text", has_text="never").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visited.outside, visited.failed, visited.errors) == ([], [], [])


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_values_move_and_the_entropy_does_not(opened, width, theme):
    visited, page = opened(EntropyBars(), width, theme)
    before = numbers(page)
    knob = page.locator(".place:not([hidden])").nth(0)
    step = page.locator("line.tick").nth(1).bounding_box()["x"]
    step -= page.locator("line.tick").nth(0).bounding_box()["x"]
    # To 9 there is no room between 8 and 10; over them all there is.
    dragged(page, knob, 10 * step, 0)
    assert law(page) == {6: 0.25, 8: 0.125, 10: 0.125, 14: 0.5}
    after = numbers(page)
    assert (after["mean"], after["deviation"]) == (10.75, 3.46)
    assert {name: after[name] for name in NUMBERS[2:]} == {n: before[n] for n in NUMBERS[2:]}
    page.locator("css=.state", has_text="mean 5.75 → 10.75").wait_for()
    assert "it is still 1.75 bits" in said(page)

    page.get_by_role("button", name="Spread values").click()
    assert list(law(page)) == [0, 5, 10, 15]
    spread = numbers(page)["deviation"]
    page.get_by_role("button", name="Shuffle values").click()
    assert sorted(law(page)) == [0, 5, 10, 15]
    assert sorted(law(page).values()) == [0.125, 0.125, 0.25, 0.5]
    assert spread > before["deviation"]
    assert "it is still 1.75 bits" in said(page)
    page.get_by_role("button", name="Gather values").click()
    assert list(law(page)) == [4, 6, 8, 10]
    assert numbers(page)["entropy"] == 1.75
    for name in ("Spread values", "Gather values", "Spread values"):
        page.get_by_role("button", name=name).click()
    assert list(law(page)) == [0, 5, 10, 15]
    page.get_by_role("button", name="Reset").click()
    assert law(page) == {4: 0.5, 6: 0.25, 8: 0.125, 10: 0.125}
    assert numbers(page) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visited.errors == []


def test_the_line_of_the_mean_is_where_the_entropy_is(opened):
    p = [0.4, 0.3, 0.2, 0.1]
    _, page = opened(EntropyBars(p))
    bars = [bar.bounding_box() for bar in page.locator("rect.surprise").all()]
    top = bars[0]["y"]
    line = float(page.locator("line.of-surprise").get_attribute("y1"))
    ends = [float(b.get_attribute("y")) for b in page.locator("rect.surprise").all()]
    assert np.ptp([bar["y"] for bar in bars]) == 0
    depths = np.array([bar["height"] for bar in bars])
    assert top > 0
    # One bit in pixels is what the bars say; their mean under p is the line.
    assert depths / depths[0] == pytest.approx(np.log2(p) / np.log2(p[0]), abs=0.02)
    assert line - ends[0] == pytest.approx(np.dot(p, depths), abs=1)

    page.get_by_label("Below the line").select_option("codes")
    assert page.locator("rect.digit").count() == 1 + 2 + 3 + 3
    assert "L = 1.90 bits on average: more than the entropy, H = 1.85" in said(page)
    label = page.locator(".stage svg").get_attribute("aria-label")
    assert "4: 0.4, code word 0; 6: 0.3, code word 10; 8: 0.2, code word 110" in label


def down_to_bits(page):
    """Return a function from places y in the picture to bits, read off the numbers at its edge."""
    numbers = page.locator(".stage text:not(.name)[text-anchor=end]").evaluate_all(
        "all => all.map(one => [one.textContent, Number(one.getAttribute('y'))])"
    )
    words, y = zip(*numbers, strict=True)
    assert words[:3] == ("0", "½", "1")
    bits = [float(word) for word in words[3:]]
    assert len(bits) > 2
    unit, zero = np.polyfit(bits, np.array(y[3:]) - 4, 1)
    np.testing.assert_allclose(zero + unit * np.array(bits) + 4, y[3:], atol=1e-6)
    return lambda at: (np.asarray(at) - zero) / unit


def attributes(page, selector, *names):
    return np.array(
        page.locator(selector).evaluate_all(
            "(all, names) => all.map(one => names.map(name => Number(one.getAttribute(name))))",
            names,
        )
    )


def texts(page, selector):
    return page.locator(selector).all_text_contents()


@pytest.mark.parametrize(
    ("p", "lengths"),
    [([0.4, 0.3, 0.2, 0.1], [1, 2, 3, 3]), ([0.7, 0.2, 0.099, 0.001], [1, 2, 3, 3])],
)
def test_all_stands_where_its_numbers_say(opened, p, lengths):
    _, page = opened(EntropyBars(p))
    entropy, length = entropy_from_table(p), np.dot(p, lengths)
    bits = down_to_bits(page)
    y, height = attributes(page, "rect.surprise", "y", "height").T
    np.testing.assert_allclose(bits(y), 0, atol=1e-9)
    np.testing.assert_allclose(bits(y + height), -np.log2(p), atol=1e-9)
    (line,) = attributes(page, "line.of-surprise", "y1", "y2")
    np.testing.assert_allclose(bits(line), entropy, atol=1e-9)
    (named,) = page.locator(".stage text.name", has_text=re.compile("^H$")).all()
    assert bits(float(named.get_attribute("y")) - 4) == pytest.approx(entropy, abs=1e-9)
    named = texts(page, ".stage text.name")
    assert named[-5:-1] == [f"{-np.log2(share):.2f}" for share in p]
    assert f"H = {entropy:.2f} bits: its mean, weighted by p" in named
    top, height, x = attributes(page, "rect.share", "y", "height", "x").T
    np.testing.assert_allclose(height, 140 * np.array(p), atol=1e-9)
    above = attributes(page, ".stage text.name", "x", "y")
    for share, at, left in zip(p, top, x, strict=True):
        assert named.count(f"{share:g}") == 1
        assert above[named.index(f"{share:g}")] == pytest.approx([left + 13, at - 6], abs=0.5)

    page.get_by_label("Below the line").select_option("codes")
    bits = down_to_bits(page)
    for selector, number in (
        ("line.of-surprise", entropy),
        ("line.mean:not(.of-surprise)", length),
    ):
        (line,) = attributes(page, selector, "y1", "y2")
        np.testing.assert_allclose(bits(line), number, atol=1e-9)
    (name,) = page.locator(".stage text.name", has_text=re.compile("^L$")).all()
    assert bits(float(name.get_attribute("y")) - 4) == pytest.approx(length, abs=1e-9)
    boxes = attributes(page, "rect.digit", "y", "height")
    ends = bits(boxes.sum(axis=1))
    np.testing.assert_allclose(ends, np.concatenate([np.arange(n) + 1 for n in lengths]), atol=1e-9)
    assert f"mean length L = {length:.2f} bits" in texts(page, ".stage text.name")

    left, width = attributes(page, "rect.gauge", "x", "width")[0]
    ticks = attributes(page, ".gauge-of-entropy line.tick", "x1", "x2")
    assert (ticks[:, 0] == ticks[:, 1]).all()
    expected = [0, 2, *np.log2([1, 2, 3, 4])]
    np.testing.assert_allclose(2 * (ticks[:, 0] - left) / width, expected, atol=1e-9)
    (here,) = attributes(page, ".gauge-of-entropy line.here", "x1", "x2")
    np.testing.assert_allclose(2 * (here - left) / width, entropy, atol=1e-9)
    assert texts(page, ".gauge-of-entropy text") == [
        "0: one certain",
        "log₂ 4 = 2.00: equally likely",
        *"1234",
        f"H(X) = {entropy:.2f} bits",
        f"2ᴴ = {2**entropy:.2f} of 4 outcomes",
    ]
    assert numbers(page)["effective"] == pytest.approx(2**entropy, abs=0.005)
    assert texts(page, ".numbers > .number")[2:] == [
        f"{entropy:.2f} bits", f"{2**entropy:.2f}", f"{length:.2f} bits",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1400, 390])
def test_the_longest_word_has_room(opened, width):
    _, page = opened(EntropyBars(), width, address="#entropy?p=1-1-2-3-5-8-13-21&row=codes")
    boxes = attributes(page, "rect.digit", "y", "height")
    assert len(boxes) == 7 + 7 + 6 + 5 + 4 + 3 + 2 + 1
    tall = float(page.locator(".stage svg").get_attribute("height"))
    assert boxes.sum(axis=1).max() < tall - 14
    bits = down_to_bits(page)
    assert bits(boxes.sum(axis=1).max()) == pytest.approx(7, abs=1e-9)


def test_a_law_survives_its_own_link(opened):
    _, page = opened(EntropyBars([0.5004, 0.2496, 0.25]), address="#entropy?row=codes")
    # What the link leaves out is the first law itself: no power of ½.
    assert "more than the entropy" in said(page)
    page.get_by_label("Below the line").select_option("surprise")
    for n in (3, 6, 7):
        slider = page.get_by_role("slider", name="Outcomes")
        slider.press("Home")
        for _ in range(n - 2):
            slider.press("ArrowRight")
        page.get_by_role("button", name="Equally likely").click()
        page.wait_for_url(f"**#entropy?p={'-'.join('1' * n)}*")
        link = page.evaluate("location.hash.slice(1)")
        page.evaluate(GO, "entropy")
        page.evaluate(GO, link)
        assert said(page).startswith(f"All {n} outcomes are equally likely")


def test_the_comparison_ends_with_another_row(opened):
    _, page = opened(EntropyBars())
    page.get_by_role("button", name="Shuffle values").click()
    assert "Only the values have moved" in said(page)
    page.get_by_label("Below the line").select_option("codes")
    assert said(page).startswith("A word of the code takes L = 1.75 bits")
    page.get_by_role("button", name="Equally likely").click()
    page.get_by_role("button", name="Shuffle values").click()
    assert said(page) == "The values have changed places; with equal bars nothing shows."


@pytest.mark.parametrize("width", [1400, 390])
def test_words_have_room_where_the_picture_stays(opened, width):
    _, page = opened(EntropyBars(), width)
    top = page.locator(".stage").bounding_box()["y"]
    for name in ("Spread values", "Gather values", "Equally likely", "One certain", "Reset"):
        page.get_by_role("button", name=name).click()
        assert page.locator(".stage").bounding_box()["y"] == top, said(page)
    page.get_by_label("Below the line").select_option("codes")
    assert page.locator(".stage").bounding_box()["y"] == top


def test_the_two_ends_and_the_number_of_outcomes(opened):
    _, page = opened(EntropyBars([0.2, 0.5, 0.3]))
    page.get_by_role("button", name="One certain").click()
    assert list(law(page).values()) == [0, 1, 0]
    assert said(page) == "One outcome is certain: nothing surprises, H(X) = 0 bits."
    assert page.locator("rect.filled").get_attribute("width") == "0"
    page.get_by_role("button", name="Equally likely").click()
    assert numbers(page)["effective"] == 3
    assert "log₂ 3 = 1.58 bits, the most there can be" in said(page)

    outcomes = page.get_by_role("slider", name="Outcomes")
    outcomes.press("End")
    assert len(law(page)) == 8
    assert numbers(page)["entropy"] == 3
    assert list(law(page)) == [0, 2, 4, 6, 8, 10, 12, 14]
    outcomes.press("Home")
    assert list(law(page).values()) == [0.5, 0.5]


def test_the_keyboard_does_all_that_a_drag_does(opened, tab_stops):
    visited, page = opened(EntropyBars())
    names = list(islice(tab_stops(page), 15))
    assert names[2:7] == [
        "Equally likely",
        "One certain",
        "Shuffle values",
        "Spread values",
        "Reset",
    ]
    assert names[7:] == [
        f"{what} {of}"
        for x, p in ((4, 0.5), (6, 0.25), (8, 0.125), (10, 0.125))
        for what, of in (("Probability of", x), ("Value with probability", p))
    ]

    bar = page.get_by_role("slider", name="Probability of 6")
    bar.focus()
    assert bar.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    for key, share in [
        ("ArrowUp", "0.26"),
        ("ArrowLeft", "0.25"),
        ("PageUp", "0.35"),
        ("PageDown", "0.25"),
        ("End", "1"),
        ("Home", "0"),
        ("ArrowDown", "0"),
    ]:
        bar.press(key)
        assert bar.get_attribute("aria-valuetext") == share, key
    # Back from all and from nothing, the others stand as they stood: 4 : 1 : 1.
    assert list(law(page).values()) == [0.667, 0, 0.167, 0.167]

    knob = page.get_by_role("slider", name="Value with probability 0.667")
    for key, value in [
        ("ArrowLeft", 3),
        ("Home", 0),
        ("End", 15),
        ("ArrowLeft", 14),
        ("PageDown", 4),
        ("ArrowRight", 12),
    ]:
        knob.press(key)
        assert knob.get_attribute("aria-valuenow") == str(value), key
    assert "it is still" in said(page)
    # The Tab key goes from left to right again once none of them is in hand.
    page.get_by_role("button", name="Gather values").or_(
        page.get_by_role("button", name="Spread values")
    ).click()
    order = page.locator(".place:not([hidden])").all()
    values = [int(knob.get_attribute("aria-valuenow")) for knob in order]
    assert values == sorted(values) == [0, 5, 10, 15]
    assert visited.errors == []


def test_a_link_holds_the_state_and_hostile_ones_nothing(opened):
    visited, page = opened(
        EntropyBars(), address="#entropy?p=400-300-200-100&x=15-0-5-10&row=codes"
    )
    assert law(page) == {0: 0.3, 5: 0.2, 10: 0.1, 15: 0.4}
    assert page.locator("rect.digit").count() == 9
    page.get_by_role("slider", name="Probability of 15").press("End")
    page.wait_for_url("**/page.html#entropy?p=1-0-0-0&x=15-0-5-10&row=codes")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_url("**/page.html#entropy")
    page.evaluate(GO, "entropy?p=1-1")
    assert law(page) == {6: 0.5, 8: 0.5}
    page.wait_for_url("**/page.html#entropy?p=1-1&x=6-8")
    page.evaluate(GO, "entropy?p=790-30-30-30-30-30-30-30")
    assert numbers(page)["effective"] == 2.52
    shown = law(page)
    hostile_laws = ("1", "0-0-0-0", "-1-2", "500-1e9", "<img src=x>", "NaN-1", "-".join("1" * 9))
    for hostile in hostile_laws:
        page.evaluate(GO, f"entropy?p={hostile}&row=words")
        assert law(page) == shown, hostile
    # Places that do not fit: side by side.
    for hostile in ("x=1-2-3-4", "x=0-5", "x=0-5-10-16", "x=0-5-10-1.5", "x="):
        page.evaluate(GO, f"entropy?{hostile}")
        assert list(law(page)) == [4, 6, 8, 10], hostile
    assert page.locator("rect.digit").count() == 0
    assert visited.errors == []


def swiped(page, x, y, dy):
    """A finger set down at (x, y), moved by dy and lifted."""
    fingers = page.context.new_cdp_session(page)
    fingers.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind, *points):
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for part in (0.25, 0.5, 0.75, 1):
        touch("touchMove", {"x": x, "y": y + part * dy})
    touch("touchEnd")


def test_a_finger_scrolls_beside_the_grips(opened):
    _, page = opened(EntropyBars(np.full(8, 1 / 8)), 390)
    action = "node => getComputedStyle(node).touchAction"
    grips = page.locator(".handle:not([hidden]) .grip").all()
    assert {grip.evaluate(action) for grip in grips} == {"none"}
    assert page.locator(".height").first.evaluate(action) == "auto"
    assert page.locator(".stage").evaluate(action) == "auto"
    boxes = [grip.bounding_box() for grip in grips]
    assert len(boxes) == 16
    assert min(min(box["width"], box["height"]) for box in boxes) >= 38
    page.evaluate("document.querySelector('main').style.marginBottom = '2000px'")
    bar = page.get_by_role("slider", name="Probability of 4")
    box, grip = bar.bounding_box(), bar.locator(".grip").bounding_box()
    x = box["x"] + box["width"] / 2
    swiped(page, x, grip["y"] + grip["height"] / 2, -42)
    raised = law(page)
    assert raised[4] == pytest.approx(0.425, abs=0.01)
    assert page.evaluate("scrollY") == 0
    # Last, for a page that a finger has pushed goes on for a while.
    swiped(page, x, box["y"] + 10, -60)
    page.wait_for_function("scrollY > 20")
    assert law(page) == raised


def test_bars_glide_to_new_places_unless_the_reader_wants_it_calm(opened):
    _, page = opened(EntropyBars())
    x = "() => [...document.querySelectorAll('rect.share')].map(bar => bar.x.baseVal.value)"
    page.get_by_role("button", name="Spread values").click()
    calm = page.evaluate(x)
    page.get_by_role("button", name="Gather values").click()
    gathered = page.evaluate(x)
    page.emulate_media(reduced_motion="no-preference")
    page.evaluate(
        """() => { window.seen = []; new MutationObserver(() => {
             const bars = [...document.querySelectorAll('rect.share')];
             window.seen.push(bars.at(-1)?.x.baseVal.value);
           }).observe(document.querySelector('.stage'), {childList: true, subtree: true}); }"""
    )
    page.get_by_role("button", name="Spread values").click()
    page.wait_for_function(f"seen.at(-1) > {calm[-1] - 0.01}")
    assert page.evaluate(x) == pytest.approx(calm, abs=1e-6)
    way = [at for at in page.evaluate("seen") if at is not None]
    assert len(set(way)) > 5
    assert way == sorted(way)
    assert way[0] < (gathered[-1] + calm[-1]) / 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_bars(opened, axe_findings, theme):
    _, page = opened(EntropyBars(np.full(8, 1 / 8)), 390, theme)
    assert axe_findings(page, ".ibtools-lab") == []
    page.get_by_label("Below the line").select_option("codes")
    page.get_by_role("button", name="One certain").click()
    assert axe_findings(page, ".ibtools-lab") == []


def test_a_widget_that_nobody_touched_leaves_the_address_alone(opened):
    _, page = opened(EntropyBars(), address="#elsewhere")
    page.wait_for_timeout(600)  # Twice as long as a change takes to reach the address.
    assert page.evaluate("location.hash") == "#elsewhere"
