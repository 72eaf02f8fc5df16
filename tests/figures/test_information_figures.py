"""What the figures of *Entropy and mutual information* draw, against what it should be."""

import re
from itertools import permutations, product
from math import comb, log2

import numpy as np
import pytest
from scipy.special import digamma
from scipy.stats import binom, norm

from ibtools import figures
from ibtools.figures.chain_rule import dependent_tables, pieces
from ibtools.figures.invariance import bend, bent_correlation
from ibtools.figures.three_circles import CENTRES, PLACES, RADIUS
from ibtools.figures.three_variables import NAMES, copies_to_xor, seven_regions
from ibtools.information import (
    conditional_entropy_from_table,
    covering_rate,
    entropy_from_table,
    huffman_lengths,
    interaction_information_from_table,
    mean_bits_per_symbol,
)
from ibtools.information.data_processing import CROSSED, search_for_violation

SHARES = (0, 0.5, 1)


def coin_bits(p):
    return -p * log2(p) - (1 - p) * log2(1 - p)


def bits_of(p, letters):
    """H of some of X, Y and Z, summed by hand."""
    p = p.sum(axis=tuple(i for i, name in enumerate("XYZ") if name not in letters))
    return -sum(q * log2(q) for q in np.ravel(p) if q > 0)


def rgb(colour):
    """Red, green, blue of #rrggbb and rgba(…)."""
    if colour.startswith("#"):
        return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return tuple(int(part) for part in re.findall(r"\d+", colour)[:3])


def numbers(text):
    return [float(each) for each in re.findall(r"-?\d+\.?\d*", text.replace("−", "-"))]


def shape_at(figure, **ends):
    """The one shape with these ends."""
    found = [
        shape
        for shape in figure.layout.shapes
        if all(getattr(shape, end) == pytest.approx(value) for end, value in ends.items())
    ]
    assert len(found) == 1, ends
    return found[0]


@pytest.fixture(scope="module")
def searches():
    return [search_for_violation(n_starts=12, steps=30, markov=markov) for markov in (True, False)]


@pytest.fixture(scope="module")
def built(searches):
    return {
        "block_codes": figures.block_codes(),
        "typical_set": figures.typical_set(),
        "invariance": figures.invariance(),
        "quantised": figures.quantised(),
        "chain_rule": figures.chain_rule(dependent_tables(SHARES), labels=[*map(str, SHARES)]),
        "three_variables": figures.three_variables(),
        "data_processing": figures.data_processing(*searches),
    }


def test_every_figure_says_what_it_shows_and_moves(built):
    for name, figure in built.items():
        assert len(figure.layout.meta["summary"]) > 100, name
        assert "-0.00" not in figure.layout.meta["summary"], name
        assert len(figure.to_json()) < 300_000, name
        labels = [step.label for step in figure.layout.sliders[0].steps]
        assert len(labels) == len(set(labels)) == len(figure.frames) > 2, name
        shown = figure.frames[figure.layout.sliders[0].active]
        for place, trace in zip(shown.traces, shown.data, strict=True):
            assert figure.data[place].type == trace.type, name
            assert figure.data[place].y == trace.y, name


def test_lower_panels_have_their_axes(built):
    for name in ("typical_set", "invariance", "quantised"):
        layout = built[name].layout
        assert layout.xaxis.title.text, name
        assert layout.xaxis2.title.text, name
    for name in ("block_codes", "chain_rule", "data_processing"):
        assert built[name].layout.xaxis.title.text, name
        assert built[name].layout.yaxis.title.text, name


def test_bars_of_block_codes_lie_between_entropy_and_its_bound(built):
    for frame in built["block_codes"].frames:
        p = float(frame.name)
        costs, bounds, line = (np.array(trace.y) for trace in frame.data[:3])
        expected = [mean_bits_per_symbol([p, 1 - p], n) for n in range(1, 9)]
        assert costs == pytest.approx(expected, abs=1e-4)
        assert line == pytest.approx([entropy_from_table([p, 1 - p])] * 2, abs=1e-4)
        assert (line[0] <= costs + 1e-4).all()
        assert (costs < bounds).all()


@pytest.mark.parametrize("frame", [0, 4, 6])
def test_block_codes_print_what_they_draw(built, frame):
    figure = built["block_codes"]
    frame = figure.frames[frame]
    p, blocks = float(frame.name), np.arange(1, 9)
    H = coin_bits(p)
    bars, diamonds, line, words = frame.data
    expected = []
    for n in blocks:
        q = np.array([np.prod(word) for word in product((p, 1 - p), repeat=n)])
        expected.append(q @ huffman_lengths(q) / n)
    for trace in (bars, diamonds):
        assert list(trace.x) == blocks.tolist()
    assert [float(text) for text in bars.text] == pytest.approx(expected, abs=0.00501)
    assert diamonds.y == pytest.approx(H + 1 / blocks, abs=1e-4)
    assert (diamonds.marker.symbol, diamonds.line.color) == ("diamond", "#E69F00")
    assert max(diamonds.y) < figure.layout.yaxis.range[1]
    assert line.y == pytest.approx([H, H], abs=1e-4)
    assert line.x == figure.layout.xaxis.range
    label, bound = words.text
    assert label == f'<span style="color: {line.line.color}">—</span> H = {H:.3f}'
    assert bound == "H + 1/n"
    assert diamonds.y[6] < words.y[1] < diamonds.y[6] + 0.1
    assert diamonds.y[0] < words.y[0] < figure.layout.yaxis.range[1]
    assert len({bars.marker.color, diamonds.line.color, line.line.color}) == 3
    assert list(figure.layout.xaxis.tickvals) == blocks.tolist()
    said = f"p = {p:g}: {expected[0]:.2f} bits one by one, {expected[7]:.3f} in blocks of 8"
    assert f"{said}, H = {H:.3f}" in figure.layout.meta["summary"]


def test_block_codes_open_at_a_tenth_and_say_which_coin(built):
    (slider,) = built["block_codes"].layout.sliders
    ps = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5]
    assert [step.label for step in slider.steps] == [*map(str, ps)]
    assert (slider.active, slider.currentvalue.prefix) == (2, "p = ")


def sequences_with_99_percent(n):
    """Whole numbers all the way, for three ones in ten."""
    weight, number = 0, 0
    for ones in range(n + 1):
        of_one = 3**ones * 7 ** (n - ones)
        missing = 99 * 10**n - 100 * weight
        if 100 * comb(n, ones) * of_one >= missing:
            return number - (-missing // (100 * of_one))
        weight, number = weight + comb(n, ones) * of_one, number + comb(n, ones)


def test_surprise_gathers_within_a_tenth_of_a_bit():
    figure = figures.typical_set(0.3, ns=(4, 40, 4000), start=0)
    entropy = entropy_from_table([0.3, 0.7])
    for frame in figure.frames:
        n = int(frame.name)
        ones = np.arange(n + 1)
        surprise = -(ones * np.log2(0.3) + (n - ones) * np.log2(0.7)) / n
        inside = binom.pmf(ones, n, 0.3)[np.abs(surprise - entropy) <= 0.1].sum()
        assert frame.data[1].text[0].startswith(f"<b>{100 * inside:.0f} %</b>")
        bars = frame.data[0]
        assert max(bars.y) == 1
        assert sum(bars.customdata) == pytest.approx(1, abs=0.01)
        assert frame.data[2].y == (round(covering_rate(0.3, n), 4),)
        exponent = log2(sequences_with_99_percent(n))
        digits = f"{exponent:.0f}" if n > 10 else f"{exponent:.1f}"
        text = f"99 % on <b>2<sup>{digits}</sup></b> of 2<sup>{n}</sup> sequences"
        assert frame.data[3].text[0] == text
        assert frame.data[2].x == (n,)
        assert frame.data[2].y[0] == pytest.approx(exponent / n, abs=1e-4)


@pytest.mark.parametrize("p", [0.3, 0.8])
def test_bars_of_the_typical_set_stand_at_their_surprise(p):
    figure = figures.typical_set(p, ns=(4, 40, 400), start=0)
    H = coin_bits(p)
    for frame in figure.frames:
        n, bars = int(frame.name), frame.data[0]
        ones = np.arange(n + 1)
        surprise = -(ones * np.log2(p) + (n - ones) * np.log2(1 - p)) / n
        order = np.argsort(surprise)
        probability = binom.pmf(ones, n, p)[order]
        seen = probability > 2e-3 * probability.max()
        surprise, probability = surprise[order][seen], probability[seen]
        assert bars.x == pytest.approx(surprise, abs=1e-5)
        assert bars.y == pytest.approx(probability / probability.max(), abs=1e-4)
        assert bars.customdata == pytest.approx(probability, abs=1e-5)
        near = np.abs(surprise - H) <= 0.1 + 1e-9
        assert [colour == "#0072B2" for colour in bars.marker.color] == near.tolist()
        assert len(set(bars.marker.color)) == 1 + (not near.all() and near.any())
    band = shape_at(figure, x0=H - 0.1, x1=H + 0.1)
    assert (rgb(band.fillcolor), band.xref, band.layer) == (rgb("#0072B2"), "x", "below")
    for line in (shape_at(figure, x0=H, x1=H), shape_at(figure, y0=H, y1=H)):
        assert (line.line.color, line.layer) == ("#D55E00", "below")
    assert {(a.text, a.font.color) for a in figure.layout.annotations} == {
        (f"H = {H:.3f}", "#D55E00")
    }
    above, beside = figure.layout.annotations
    assert (above.x, above.xref) == (pytest.approx(H), "x")
    assert (beside.x, beside.y, beside.yref) == (pytest.approx(log2(400) / log2(10)), H, "y2")
    assert figure.data[4].x == (4, 40, 400)
    assert figure.data[4].y == pytest.approx([covering_rate(p, n) for n in (4, 40, 400)], abs=1e-4)
    assert figure.layout.xaxis2.type == "log"
    assert max(bars.x) < figure.layout.xaxis.range[1]


def test_axes_of_the_typical_set_say_what_is_drawn(built):
    layout = built["typical_set"].layout
    assert layout.xaxis.title.text == "surprise per toss, bits"
    assert layout.yaxis.title.text == "probability<br>(tallest = 1)"
    assert layout.xaxis2.title.text == "number of tosses, n (log scale)"
    assert layout.yaxis2.title.text == "(1/n) log₂ (number<br>with 99 %)"
    assert layout.xaxis.range[1] > -log2(0.2)
    assert layout.xaxis2.dtick == 1
    assert layout.xaxis2.range[0] < 0 < np.log10(5000) < layout.xaxis2.range[1]
    # 15 to 25 ones: surprise goes by 0.02 bits a one, and both ends lie just on the edge.
    share = binom.cdf(25, 100, 0.2) - binom.cdf(14, 100, 0.2)
    said = f"n = 100: {100 * share:.0f} % within 0.1 bits of H, {covering_rate(0.2, 100):.3f};"
    assert said in layout.meta["summary"]


def test_all_sequences_of_a_fair_coin_surprise_alike():
    figure = figures.typical_set(0.5, ns=(1, 7, 500), start=0)
    for frame in figure.frames:
        bars, share, dot, words = frame.data
        assert (bars.x, bars.y, bars.customdata) == ((1.0,), (1.0,), (1.0,))
        assert share.text[0].startswith("<b>100 %</b>")
        n = int(frame.name)
        assert 2 ** (n * dot.y[0]) == pytest.approx(np.ceil(0.99 * 2.0**n), rel=0.04)
        assert words.text[0].endswith(f"of 2<sup>{n}</sup> sequences")


@pytest.mark.parametrize("p", [0.0, 1.0, 1.5])
def test_coins_that_always_fall_alike_have_no_typical_set(p):
    with pytest.raises(ValueError, match="p must be between 0 and 1"):
        figures.typical_set(p)


@pytest.mark.parametrize("s", [0.0, 0.3, 1.0, 2.0])
def test_correlation_with_what_is_bent(s):
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    weights = weights / weights.sum()
    # E[X | Y] = ρ Y, so the covariance is an integral over Y alone.
    b = bend(nodes, s)
    expected = 0.9 * (weights @ (nodes * b)) / np.sqrt(weights @ b**2)
    assert bent_correlation(0.9, s) == pytest.approx(expected, rel=1e-9)


def test_bending_is_increasing_and_starts_from_nothing():
    y = np.linspace(-4, 4, 101)
    assert bend(y, 0) is y
    assert (np.diff(bend(y, 2)) > 0).all()
    assert bend(y, 1e-4) == pytest.approx(y, rel=1e-5)
    assert bent_correlation(0.7, 1e-3) == pytest.approx(0.7)


def test_neighbours_stay_where_formula_and_bins_fall(built):
    figure = built["invariance"]
    truth = -0.5 * np.log2(1 - 0.9**2)
    formula, bins, neighbours = np.array([frame.data[2].x for frame in figure.frames]).T
    assert formula[0] == pytest.approx(truth, abs=1e-3)
    # Up to s = 2; bent further, they fail too.
    assert (np.abs(neighbours[:9] - truth) < 0.08).all()
    assert neighbours[[12, 16]].round(2).tolist() == [0.67, 0.18]
    assert formula[-1] < 0.1
    assert bins[-1] < 0.3
    line = next(shape for shape in figure.layout.shapes if shape.yref == "y2 domain")
    assert line.x0 == pytest.approx(truth)
    with pytest.raises(ValueError, match="correlation must be between -1 and 1, got 1"):
        figures.invariance(correlation=1)


def nearest_neighbours(x, y, k=3):
    """Kraskov, Stögbauer and Grassberger's first estimate from all distances, bits.

    Both in units of their standard deviation.
    """
    dx, dy = (np.abs(np.subtract.outer(each, each)) / each.std() for each in (x, y))
    radius = np.sort(np.maximum(dx, dy), axis=1)[:, k]
    n_x, n_y = ((d < radius[:, None]).sum(axis=1) - 1 for d in (dx, dy))
    nats = digamma(k) + digamma(len(x)) - (digamma(n_x + 1) + digamma(n_y + 1)).mean()
    return nats / np.log(2)


@pytest.mark.parametrize("frame", [0, 6, 13])
def test_rulers_read_off_the_cloud_that_is_drawn(built, frame):
    figure = built["invariance"]
    frame = figure.frames[frame]
    s = float(frame.name)
    cloud, words, bars = frame.data
    x, noise = np.random.default_rng(0).standard_normal((2, 1000))
    y = 0.9 * x + np.sqrt(0.19) * noise
    bent = np.sinh(s * y) if s else y
    assert cloud.x == pytest.approx(x, abs=0.006)
    assert cloud.y == pytest.approx(bent / np.abs(bent).max(), abs=6e-4)
    nodes, weights = np.polynomial.hermite_e.hermegauss(150)
    b = np.sinh(s * nodes) if s else nodes
    r = 0.9 * (weights @ (nodes * b)) / np.sqrt(weights.sum() * (weights @ b**2))
    assert words.text == (f"correlation <b>{r:.2f}</b>",)
    counts = np.histogram2d(x, bent, bins=10)[0] / 1000
    expected = {
        "formula for<br>normal laws": -0.5 * log2(1 - r**2),
        "ten bins": entropy_from_table(counts.sum(axis=0))
        + entropy_from_table(counts.sum(axis=1))
        - entropy_from_table(counts),
        "neighbours<br>(KSG)": nearest_neighbours(x, bent),
    }
    axis = figure.layout.yaxis2
    names = [axis.ticktext[axis.tickvals.index(place)] for place in bars.y]
    assert names == list(expected)
    assert bars.x == pytest.approx(list(expected.values()), abs=6e-4)
    assert list(bars.text) == [f"{value:.2f}" for value in bars.x]
    assert len(set(bars.marker.color)) == 3
    said = f"correlation {r:.2f}, formula {bars.x[0]:.2f}, ten bins {bars.x[1]:.2f}"
    assert f"s = {s:g}: {said}, KSG {bars.x[2]:.2f}." in figure.layout.meta["summary"]


def test_bends_and_the_words_of_their_axes(built):
    layout = built["invariance"].layout
    (slider,) = layout.sliders
    assert [float(step.label) for step in slider.steps] == np.arange(0, 4.1, 0.25).tolist()
    assert slider.currentvalue.prefix == "bend s = "
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("X", "Y bent, largest = 1")
    assert layout.xaxis2.title.text == "I(X;Y), bits"
    (truth,) = layout.annotations
    assert (truth.text.strip(), truth.xref) == ("truth 1.20", "x2")
    assert truth.x == pytest.approx(-0.5 * log2(0.19))


@pytest.mark.parametrize("frame", [1, 5, 8])
def test_bins_print_and_mark_their_entropy(built, frame):
    figure = built["quantised"]
    frame = figure.frames[frame]
    bars, words, dot = frame.data
    width = bars.width
    assert frame.name == (f"{width:g}" if width >= 1 else f"1/{1 / width:g}")
    edges = (np.arange(-np.ceil(9 / width), np.ceil(9 / width) + 2) - 0.5) * width
    p = np.diff(norm.cdf(edges))
    H, h = -sum(q * log2(q) for q in p if q > 0), 0.5 * log2(2 * np.pi * np.e)
    assert words.text[0].startswith(f"<b>H(X<sub>Δ</sub>) = {H:.2f} bits</b><br>h(X) − log₂ Δ = ")
    assert numbers(words.text[0].split("= ")[2]) == [round(h - log2(width), 2)]
    assert "-" not in words.text[0]
    assert (dot.x, dot.y) == ((width,), (pytest.approx(H, abs=1e-4),))
    expected = np.diff(
        norm.cdf([np.array(bars.x) - width / 2, np.array(bars.x) + width / 2]), axis=0
    )
    assert np.array(bars.y) * width == pytest.approx(expected[0], abs=5e-5)
    assert bars.customdata == pytest.approx(expected[0], abs=2e-5)
    line = f"Δ = {frame.name}: {H:.2f} and {h - log2(width):.2f}"
    assert line in figure.layout.meta["summary"]


def test_density_line_and_points_of_the_bins(built):
    for figure, scale in ((built["quantised"], 1), (figures.quantised(deviation=3.0), 3)):
        density, line, points = figure.data[3:]
        assert density.y == pytest.approx(norm.pdf(density.x, scale=scale), abs=2e-5)
        assert min(density.x), max(density.x) == pytest.approx((-4 * scale, 4 * scale))
        assert figure.layout.xaxis.range == pytest.approx((-4 * scale, 4 * scale))
        assert figure.layout.yaxis.range[1] > max(density.y)
        widths = [2.0**k for k in range(3, -7, -1)]
        assert list(line.x) == list(points.x) == widths
        h = 0.5 * log2(2 * np.pi * np.e) + log2(scale)
        assert line.y == pytest.approx([h - log2(width) for width in widths], abs=1e-4)
        marked = [frame.data[2].y[0] for frame in figure.frames]
        assert points.y == pytest.approx(marked)
        axis = figure.layout.xaxis2
        assert (axis.type, list(axis.tickvals)) == ("log", widths[1::2])
        assert list(axis.ticktext) == ["4", "1", "1/4", "1/16", "1/64"]
        assert axis.range[0] > axis.range[1]
        (key,) = figure.layout.annotations
        colours = re.findall(r"color: (#\w+)\">(.)</span> (H|h)", key.text)
        assert colours == [(points.marker.color, "●", "H"), (line.line.color, "—", "h")]
        assert figure.frames[0].data[2].marker.color == points.marker.color
        assert rgb(figure.frames[0].data[0].marker.color) == rgb(points.marker.color)


def test_bins_and_differential_entropy_meet():
    figure = figures.quantised(deviation=2.0, widths=(16, 1, 1 / 16), start=0)
    h = 0.5 * np.log2(2 * np.pi * np.e * 4)
    left, entropies = (np.array(trace.y) for trace in figure.data[-2:])
    assert left == pytest.approx([h - 4, h, h + 4], abs=1e-4)
    assert left[0] < 0 < entropies[0]
    assert entropies[2] == pytest.approx(left[2], abs=1e-3)
    for frame, width in zip(figure.frames, (16, 1, 1 / 16), strict=True):
        bars = frame.data[0]
        centres, heights = np.array(bars.x), np.array(bars.y)
        area = norm.cdf(centres + width / 2, scale=2) - norm.cdf(centres - width / 2, scale=2)
        assert heights * width == pytest.approx(area, abs=1e-4)
    assert "H(X<sub>Δ</sub>) = 7.05 bits" in figure.frames[2].data[1].text[0]
    assert [frame.name for frame in figure.frames] == ["16", "1", "1/16"]


def test_pieces_of_every_order_add_up():
    p = np.random.default_rng(1).dirichlet(np.ones(24)).reshape(4, 3, 2)
    for order in permutations(range(3)):
        found = pieces(p, order)
        assert [variable for variable, _ in found] == list(order)
        assert sum(piece for _, piece in found) == pytest.approx(entropy_from_table(p))
        turned = p.transpose(order)
        assert found[0][1] == pytest.approx(entropy_from_table(turned.sum(axis=(1, 2))))
        of_second = conditional_entropy_from_table(turned.sum(axis=2))
        assert found[1][1] == pytest.approx(of_second)
        flat = turned.reshape(-1, turned.shape[2])
        assert found[2][1] == pytest.approx(conditional_entropy_from_table(flat))


@pytest.mark.parametrize("share", [0, 0.4, 1])
def test_only_the_last_variable_of_the_example_answers_blindly(share):
    (table,) = dependent_tables([share])
    for x, y, z in np.ndindex(4, 2, 2):
        blind = [0.75, 0.25][z]
        expected = (share * (z == (x == 3)) + (1 - share) * blind) / 4 if y == (x >= 2) else 0
        assert table[x, y, z] == pytest.approx(expected)


def test_bits_of_the_example():
    tables = dependent_tables(np.linspace(0, 1, 5))
    quarter = 2 - 0.75 * log2(3)
    for share, table in zip(np.linspace(0, 1, 5), tables, strict=True):
        x, of_y, of_z = (piece for _, piece in pieces(table, (0, 1, 2)))
        assert (x, of_y) == pytest.approx((2, 0))
        # Z is 1 with probability (1 - share)/4 where X < 3, and (1 + 3 share)/4 where X = 3.
        ones = [(1 - share) / 4] * 3 + [(1 + 3 * share) / 4]
        assert of_z == pytest.approx(np.mean([entropy_from_table([q, 1 - q]) for q in ones]))
        for axes, alone in (((1, 2), 2), ((0, 2), 1), ((0, 1), quarter)):
            assert entropy_from_table(table.sum(axis=axes)) == pytest.approx(alone)
    assert [round(entropy_from_table(tables[i]), 2) for i in (0, 2, 4)] == [2.81, 2.65, 2.00]
    for shares in ([-0.1], [0, 1.1], [np.nan]):
        with pytest.raises(ValueError, match="shares must be from 0 to 1, got"):
            dependent_tables(shares)


def test_stacks_of_all_orders_are_equally_high(built):
    for frame, share in zip(built["chain_rule"].frames, SHARES, strict=True):
        heights = np.zeros(6)
        for bar in frame.data[:18]:
            heights[bar.x[0]] += bar.y[0]
        joint = entropy_from_table(dependent_tables([share])[0])
        assert heights == pytest.approx(np.full(6, joint), abs=1e-3)
    # Other pieces: X adds 2 bits when told first, half a bit when told last.
    last = {bar.hovertemplate.split(" =")[0]: bar.y[0] for bar in frame.data[:18]}
    assert last["H(X)"] == 2
    assert last["H(X|Z,Y)"] == pytest.approx(0.5)
    assert last["H(Z|X,Y)"] == 0


@pytest.mark.parametrize("frame", [0, 1, 2])
def test_pieces_of_the_chain_rule_are_named_coloured_and_counted(built, frame):
    figure = built["chain_rule"]
    (p,) = dependent_tables([SHARES[frame]])
    *bars, line, words = figure.frames[frame].data
    axis = figure.layout.xaxis
    colours, orders = {}, {place: [] for place in axis.tickvals}
    for bar in bars:
        first, given = re.match(r"H\((\w)\|?([\w,]*)\) = ", bar.hovertemplate).groups()
        known = given.replace(",", "")
        assert list(known) == orders[bar.x[0]]
        orders[bar.x[0]].append(first)
        expected = bits_of(p, known + first) - bits_of(p, known)
        assert bar.y[0] == pytest.approx(expected, abs=1e-4)
        if expected > 0.35:
            assert bar.text == f"{first}<br>{expected:.2f}"
        if expected < 0.01:
            assert bar.text == ""
        colours.setdefault(first, set()).add(bar.marker.color)
    assert colours == {"X": {"#0072B2"}, "Y": {"#E69F00"}, "Z": {"#009E73"}}
    ticks = {", ".join(order) for order in permutations("XYZ")}
    assert {", ".join(order) for order in orders.values()} == set(axis.ticktext) == ticks
    for place, text in zip(axis.tickvals, axis.ticktext, strict=True):
        assert ", ".join(orders[place]) == text
    alone = sum(bits_of(p, letter) for letter in "XYZ")
    assert (line.line.dash, list(line.x)) == ("dash", list(axis.range))
    assert line.y == pytest.approx([alone] * 2, abs=1e-3)
    assert numbers(words.text[0]) == [round(bits_of(p, "XYZ"), 2), round(alone, 2)]
    assert words.text[0].startswith("H(X,Y,Z) = <b>")
    # Clear of the dashed line, and inside the axis.
    assert line.y[0] + 0.2 < words.y[0] < figure.layout.yaxis.range[1] - 0.2
    assert words.textposition == "top left"


def test_chain_rule_says_its_share_and_its_names():
    labels = ["none", "half", "all"]
    figure = figures.chain_rule(
        dependent_tables(SHARES), labels=labels, prefix="Z follows: ", names="ABC", start=1
    )
    (slider,) = figure.layout.sliders
    assert [step.label for step in slider.steps] == labels
    assert (slider.active, slider.currentvalue.prefix) == (1, "Z follows: ")
    assert figure.data[18].hovertemplate.startswith("H(A) + H(B) + H(C) = ")
    assert figure.data[19].text[0].startswith("H(A,B,C) = <b>2.65</b>")
    assert list(figure.layout.xaxis.ticktext)[:2] == ["A, B, C", "A, C, B"]
    assert figure.layout.yaxis.title.text == "H(A,B,C), bits"
    said = "Z follows: half: 2.00 + 0.00 + 0.65 in the order A, B, C, 0.81 + 0.94 + 0.90 in the "
    assert f"{said}order C, B, A, both 2.65 bits." in figure.layout.meta["summary"]


def test_chain_rule_wants_laws_of_three():
    with pytest.raises(ValueError, match=r"tables\[0\] must have 3 axes"):
        figures.chain_rule([np.full((2, 2), 0.25)], labels=["a"])
    with pytest.raises(ValueError, match="labels must be one for each table, got 1 of 2"):
        figures.chain_rule(dependent_tables([0, 1]), labels=["a"])
    with pytest.raises(ValueError, match="names must be three, got 2"):
        figures.chain_rule(dependent_tables([0]), labels=["a"], names=("X", "Y"))


def test_seven_regions_add_up_and_one_may_be_negative():
    p = np.random.default_rng(2).dirichlet(np.ones(12)).reshape(2, 3, 2)
    regions = seven_regions(p)
    assert regions == pytest.approx([region(p, name) for name in NAMES])
    assert sum(regions) == pytest.approx(entropy_from_table(p))
    # The circle of X: four regions.
    of_x = regions[0] + regions[3] + regions[4] + regions[6]
    assert of_x == pytest.approx(entropy_from_table(p.sum(axis=(1, 2))))
    of_y = regions[1] + regions[3] + regions[5] + regions[6]
    assert of_y == pytest.approx(entropy_from_table(p.sum(axis=(0, 2))))
    assert min(regions[:6]) >= 0
    assert seven_regions(copies_to_xor(1)) == pytest.approx([0, 0, 0, 1, 1, 1, -1])
    assert seven_regions(copies_to_xor(-1)) == pytest.approx([0, 0, 0, 0, 0, 0, 1])
    assert seven_regions(copies_to_xor(0)) == pytest.approx([1, 1, 1, 0, 0, 0, 0])


@pytest.mark.parametrize("share", [-1, -0.3, 0, 0.6, 1])
def test_from_copies_to_exclusive_or_every_variable_is_a_fair_coin(share):
    p = copies_to_xor(share)
    assert p.sum() == pytest.approx(1)
    for axes in ((1, 2), (0, 2), (0, 1)):
        assert p.sum(axis=axes) == pytest.approx([0.5, 0.5])
    assert np.sign(round(interaction_information_from_table(p), 9)) == -np.sign(share)
    with pytest.raises(ValueError, match="share must be from -1 to 1, got 2"):
        copies_to_xor(2)


def test_numbers_stand_in_their_regions(built):
    circles = np.array([*CENTRES.values()])
    inside = [tuple(np.hypot(*(circles - place).T) < RADIUS) for place in PLACES]
    x, y, z = (True, False, False), (False, True, False), (False, False, True)
    xy, xz, yz = (True, True, False), (True, False, True), (False, True, True)
    assert inside == [x, y, z, xy, xz, yz, (True, True, True)]
    for frame in built["three_variables"].frames:
        values = np.array(frame.data[2].y)
        assert values == pytest.approx(seven_regions(copies_to_xor(float(frame.name))), abs=1e-4)
        words = [text.strip("</b>").replace("−", "-") for text in frame.data[1].text]
        assert [float(word) for word in words] == pytest.approx(values, abs=0.006)
        # The rim of the middle is on the nearest circle, all the way round.
        rim = np.column_stack([frame.data[0].x, frame.data[0].y])
        furthest = np.hypot(*(rim[:, None] - circles).transpose(2, 0, 1)).max(axis=1)
        assert furthest == pytest.approx(RADIUS, abs=2e-3)


def region(p, name):
    """A region by its name, from entropies of some of the three."""
    if name == "I(X;Y;Z)":
        alone = sum(bits_of(p, each) for each in "XYZ")
        return alone - sum(bits_of(p, each) for each in ("XY", "XZ", "YZ")) + bits_of(p, "XYZ")
    first, given = name[2:-1].split("|")
    known = given.replace(",", "")
    if name[0] == "H":
        return bits_of(p, first + known) - bits_of(p, known)
    a, b = first.split(";")
    return bits_of(p, a + known) + bits_of(p, b + known) - bits_of(p, "XYZ") - bits_of(p, known)


@pytest.mark.parametrize("frame", range(9))
def test_regions_have_their_names_and_the_negative_one_its_colour(built, frame):
    figure = built["three_variables"]
    frame = figure.frames[frame]
    share = float(frame.name)
    # Not what is tested: the table of the ends, by hand.
    p = np.full((2, 2, 2), (1 - abs(share)) / 8)
    for x, y in product((0, 1), repeat=2):
        if share > 0:
            p[x, y, x ^ y] += share / 4
        elif x == y:
            p[x, x, x] -= share / 2
    middle, words, bars = frame.data
    axis = figure.layout.xaxis2
    names = [axis.ticktext[axis.tickvals.index(place)] for place in bars.x]
    assert bars.y == pytest.approx([region(p, name) for name in names], abs=1e-4)
    assert list(words.hovertext) == names
    printed = [numbers(re.sub("</?b>", "", text))[0] for text in words.text]
    assert printed == pytest.approx(bars.y, abs=0.0051)
    assert [numbers(text)[0] for text in bars.text] == printed
    assert not any("-" in text or "−0.00" in text for text in (*words.text, *bars.text))
    colours = bars.marker.color
    assert colours[:3] == ("#0072B2",) * 3
    assert colours[3:6] == ("#E69F00",) * 3
    assert colours[6] == ("#D55E00" if share > 0 else "#009E73")
    assert rgb(middle.fillcolor) == rgb(colours[6])
    assert numbers(middle.fillcolor)[3] == pytest.approx(0.7 * abs(bars.y[6]), abs=2e-3)
    assert figure.layout.yaxis2.range[0] < min(bars.y)


def test_slider_and_circles_of_three_variables_say_which(built):
    figure = built["three_variables"]
    (slider,) = figure.layout.sliders
    copies = ["three copies", *(f"three copies, {part} %" for part in (75, 50, 25))]
    xor = [*(f"Z = X xor Y, {part} %" for part in (25, 50, 75)), "Z = X xor Y"]
    assert [step.label for step in slider.steps] == [*copies, "three coins", *xor]
    assert [float(frame.name) for frame in figure.frames] == np.arange(-1, 1.1, 0.25).tolist()
    for word, values in (("three copies", "0.00"), ("Z = X xor Y", "1.00")):
        said = f"{word}: what each alone has 0.00, what each pair shares given the third {values}"
        assert said in figure.layout.meta["summary"]
    assert len(figure.layout.shapes) == len(figure.layout.annotations) == 3
    for shape, (name, centre) in zip(figure.layout.shapes, CENTRES.items(), strict=True):
        assert shape.type == "circle"
        middle = [(shape.x0 + shape.x1) / 2, (shape.y0 + shape.y1) / 2]
        assert middle == pytest.approx(centre)
        assert [shape.x1 - shape.x0, shape.y1 - shape.y0] == pytest.approx([2 * RADIUS] * 2)
        # A letter is nearest to its own circle, and in none of the other two.
        (letter,) = (a for a in figure.layout.annotations if a.text == f"<b>{name}</b>")
        away = {other: np.hypot(letter.x - x, letter.y - y) for other, (x, y) in CENTRES.items()}
        assert min(away, key=away.get) == name
        assert all(away[other] > RADIUS for other in away if other != name)


def test_wall_words_and_colours_of_the_search(built, searches):
    figure = built["data_processing"]
    edge, others, chains, _ = figure.data
    end, top = figure.layout.xaxis.range[1], figure.layout.yaxis.range[1]
    assert list(zip(edge.x, edge.y, strict=True)) == [(0, 0), (0, top), (end, top), (end, end)]
    assert edge.fill == "toself"
    (wall,) = figure.layout.shapes
    assert (wall.x0, wall.y0, wall.x1, wall.y1) == (0, 0, end, end)
    assert rgb(wall.line.color) == rgb(edge.fillcolor) == rgb("#D55E00")
    (words,) = figure.layout.annotations
    assert words.text == "no chain gets here"
    assert words.x < words.y < top
    largest = max(float(values.max()) for pair in searches for values in pair)
    assert largest < end < top
    assert (chains.name, chains.marker.symbol) == ("chain", "circle")
    assert (others.name, others.marker.symbol) == ("Z sees X too", "diamond")
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == (
        "I(X;Y), bits",
        "I(X;Z), bits",
    )
    for frame in figure.frames:
        assert list(frame.traces) == [1, 2, 3]
        pairs = re.findall(r"color: (#\w+)\">(.)</span> (.*?): ", frame.data[2].text[0])
        assert pairs == [
            (chains.marker.color, "●", "X → Y → Z"),
            (others.marker.color, "◆", "Z sees X too"),
        ]
    assert chains.marker.color != others.marker.color
    nearest = (searches[0][1][-1] / searches[0][0][-1]).min()
    over = (searches[1][1][-1] > searches[1][0][-1]).sum()
    summary = figure.layout.meta["summary"]
    assert "None of them are beyond it at some step;" in summary
    assert f"at least {100 * nearest:.0f} % of its I(X;Y)" in summary
    assert summary.endswith(f"{over} of 12 end beyond it.")


def test_crossing_is_more_than_rounding():
    of_y = np.full((3, 4), 0.5)
    beyond = np.zeros((3, 4))
    beyond[1] = [2 * CROSSED, CROSSED / 2, 1e-3, -0.1]
    figure = figures.data_processing((of_y, of_y + beyond), (of_y, of_y + beyond), n_frames=3)
    counts = [re.findall(r"<b>(\d+)</b>", frame.data[2].text[0]) for frame in figure.frames]
    assert counts == [["0", "0"], ["2", "2"], ["0", "0"]]
    assert "2 of them are beyond it at some step" in figure.layout.meta["summary"]
    assert figure.layout.meta["summary"].endswith("0 of 4 end beyond it.")


def test_searches_stand_where_they_were(built, searches):
    figure = built["data_processing"]
    for frame in figure.frames:
        step = int(frame.name)
        for trace, (of_y, of_z) in zip(frame.data, reversed(searches), strict=False):
            assert trace.x == pytest.approx(of_y[step], abs=6e-4)
            assert trace.y == pytest.approx(of_z[step], abs=6e-4)
        crossed = int((searches[1][1][step] > searches[1][0][step]).sum())
        assert "Z: <b>0</b> of 12 crossed" in frame.data[2].text[0]
        assert f"X too: <b>{crossed}</b> of 12 crossed" in frame.data[2].text[0]
    assert [figure.frames[0].name, figure.frames[-1].name] == ["0", "30"]
    edge = figure.data[0]
    assert all(y >= x for x, y in zip(edge.x, edge.y, strict=True))


def test_searches_of_one_length(searches):
    with pytest.raises(ValueError, match="must have the same steps, got 31 and 3"):
        figures.data_processing(searches[0], [values[:3] for values in searches[1]])
    with pytest.raises(ValueError, match="must each hold two arrays of one shape"):
        figures.data_processing((searches[0][0], searches[0][1][:2]), searches[1])
