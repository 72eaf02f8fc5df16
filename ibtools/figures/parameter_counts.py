"""Where the parameters of a network are: a bar for each layer, the data set's size beside them."""

from collections.abc import Sequence

import plotly.graph_objects as go

from ibtools.figures.theme import TEXT, layer_colour, styled
from ibtools.information.validation import whole_number
from ibtools.questions.counting import Convolution, Dense, parameters

CONVOLUTION, DENSE, DATA = layer_colour(0), layer_colour(1), layer_colour(2)


def parameter_counts(
    layers: Sequence[Convolution | Dense], *, n_samples: int, samples: str = "samples"
) -> go.Figure:
    """Millions of parameters by layer, from the input down; the last bar is the number of samples.

    samples: what the data set consists of.  Raises ValueError for n_samples below 1.
    """
    whole_number(n_samples, "n_samples")
    whole = parameters(layers)
    bars = [
        (layer.name, layer.parameters, CONVOLUTION if isinstance(layer, Convolution) else DENSE)
        for layer in layers
    ]
    bars.append((samples, n_samples, DATA))
    names, counts, colours = zip(*bars, strict=True)
    figure = go.Figure(
        go.Bar(
            x=[count / 1e6 for count in counts],
            y=names,
            orientation="h",
            marker={"color": colours},
            text=[_short(count) for count in counts],
            textposition="outside",
            textfont={"color": TEXT, "size": 13},
            cliponaxis=False,
            hovertext=[f"{name}: {count:,}" for name, count, _ in bars],
            hoverinfo="text",
        )
    )
    dense = sum(layer.parameters for layer in layers if isinstance(layer, Dense))
    styled(
        figure,
        x="millions",
        y="",
        height=60 + 34 * len(bars) + 60,
        summary=f"{whole:,} parameters in {len(layers)} layers, {dense / whole:.0%} of them in "
        f"dense layers; {n_samples:,} {samples}. "
        + ", ".join(f"{name}: {_short(count)}" for name, count, _ in bars[:-1])
        + ".",
    )
    figure.update_xaxes(range=[0, 1.2 * max(counts) / 1e6])
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def _short(count: int) -> str:
    if count >= 999_500:
        return f"{count / 1e6:.1f} M"
    return f"{count / 1e3:.0f} k" if count >= 1000 else str(count)
