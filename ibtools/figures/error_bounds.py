"""What bounds promise, beside the error that was measured."""

import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.questions import Findings

ROWS = {
    "by_weights": "weights",
    "by_spectra": "spectral norms",
    "by_norms": "norms",
    "pac_bayes": "PAC-Bayes",
    "by_test_set": "test images",
    "test_error": "measured",
}
EMPTY, SOME, MEASURED = layer_colour(5), layer_colour(0), layer_colour(2)


def error_bounds(findings: Findings) -> go.Figure:
    """A row for each bound, in percent on a log scale; the slider goes through the cases.

    findings: of `ibtools.questions.bounds.computed_bounds`. A dot is a seed. Right of 100 % a bound
    says nothing, right of 50 % nothing that a coin would not.
    """
    frames, sentences = [], []
    for case, (width, noise) in enumerate(_cases(findings)):
        name = f"{width} units, {'random' if noise else 'true'} labels"
        traces = []
        for key, words in ROWS.items():
            values = 100 * findings[key][case]
            says = EMPTY if values.mean() >= 50 else SOME
            colour = MEASURED if key == "test_error" else says
            traces.append(
                go.Scatter(
                    x=rounded(values, 1),
                    y=[words] * len(values),
                    mode="markers",
                    marker={"color": colour, "size": 11, "opacity": 0.7},
                    hovertemplate=f"{words}: %{{x}} %<extra></extra>",
                )
            )
        frames.append(go.Frame(name=name, data=traces))
        told = ", ".join(
            f"{words} {100 * findings[key][case].mean():.0f} %" for key, words in ROWS.items()
        )
        sentences.append(f"{name}: {told}.")
    lines = [
        go.Scatter(
            x=[at, at],
            y=[ROWS["by_weights"], ROWS["test_error"]],
            mode="lines",
            line={"color": TEXT, "dash": "dot", "width": 1.5},
            hoverinfo="skip",
        )
        for at in (50, 100)
    ]
    figure = go.Figure(data=[*frames[0].data, *lines], frames=frames)
    styled(figure, x="error in % (log scale)", y="", summary=" ".join(sentences))
    ticks = [5, 20, 50, 100, 500, 2000]
    figure.update_xaxes(
        type="log", range=[0.6, 3.6], tickvals=ticks, ticktext=[str(tick) for tick in ticks]
    )
    figure.update_yaxes(autorange="reversed")
    labels = [frame.name for frame in frames]
    return with_slider(figure, labels, prefix="", redraw=True)


def _cases(findings: Findings) -> list[tuple[int, bool]]:
    settings = findings.settings
    return list(zip(settings["widths"], settings["random_labels"], strict=True))
