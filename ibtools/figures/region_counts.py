"""Linear regions of networks before and after training, beside what they could have."""

import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.questions import Findings
from ibtools.questions.regions import deep_regions, shallow_regions

BEFORE, AFTER = layer_colour(1), layer_colour(0)


def region_counts(findings: Findings) -> go.Figure:
    """Counts on a log scale, a dot for each data set and seed; the slider changes the start.

    findings: of `ibtools.questions.regions.trained_regions`. Bars: the most that a network with one
    hidden layer can have, or what the folding construction reaches with several. All hidden layers
    of a network must be equally wide.
    """
    widths = [tuple(each) for each in findings.settings["architectures"]]
    names = [f"{len(w)}×{w[0]}" if len(w) > 1 else f"{w[0]}" for w in widths]
    possible = [
        shallow_regions(each[0], 2) if len(each) == 1 else deep_regions(each, 2) for each in widths
    ]
    starts = findings.settings["starts"]
    frames = []
    for i, name in enumerate(starts):
        traces = []
        for key, colour, shift in (("before", BEFORE, -0.14), ("after", AFTER, 0.14)):
            # All data sets and seeds of a width side by side.
            counts = findings[key][i].swapaxes(0, 1).reshape(len(names), -1)
            traces.append(
                go.Scatter(
                    x=[j + shift for j in range(len(names)) for _ in counts[j]],
                    y=counts.ravel().tolist(),
                    mode="markers",
                    marker={"color": colour, "size": 8, "opacity": 0.5},
                    hovertemplate=f"{key} training: %{{y}}<extra></extra>",
                )
            )
        frames.append(go.Frame(name=name, data=traces))
    bars = go.Scatter(
        x=list(range(len(names))),
        y=possible,
        mode="markers",
        marker={"symbol": "line-ew", "size": 26, "line": {"width": 3, "color": TEXT}},
        hovertemplate="possible: %{y:,}<extra></extra>",
    )
    figure = go.Figure(data=[*frames[0].data, bars], frames=frames)
    before, after = findings["before"], findings["after"]
    told = "; ".join(
        f"{name}, start of {start}: {before[i, :, j].mean():.0f} before, "
        f"{after[i, :, j].mean():.0f} after, {most:,} in the construction"
        for i, start in enumerate(starts)
        for j, (name, most) in enumerate(zip(names, possible, strict=True))
    )
    styled(
        figure, x="hidden layers and units", y="linear regions (log scale)",
        summary=f"Mean over all data sets and seeds. {told}.",
    )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[-0.6, len(names) - 0.4]
    )
    ticks = [10, 100, 1000, 10_000, 100_000]
    figure.update_yaxes(
        type="log", tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks], range=[0.6, 5.5]
    )
    for y, text, colour in (
        (5.3, "possible, or constructed", TEXT),
        (5.0, "after training", AFTER),
        (4.7, "before", BEFORE),
    ):
        figure.add_annotation(
            x=-0.4, y=y, text=text, font={"color": colour}, xanchor="left", showarrow=False
        )
    return with_slider(figure, list(starts), prefix="first weights: ")
