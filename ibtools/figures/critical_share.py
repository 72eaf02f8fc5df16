"""How many new images have another class within reach, while labels are learnt by heart."""

import plotly.graph_objects as go

from ibtools.figures.animation import with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled, translucent
from ibtools.questions import Findings

CRITICAL, ERROR, TRAINING = layer_colour(0), layer_colour(5), layer_colour(1)


def critical_share(findings: Findings) -> go.Figure:
    """Critical samples and errors in percent by epoch; the slider goes through the label noise.

    findings: of `ibtools.questions.memorization.critical_ratio`. Means over seeds; thin grey lines
    are the critical samples at the other shares of random labels.
    """
    shares, epochs = findings.settings["shares"], list(findings.settings["epochs"])
    means = {
        key: 100 * findings[key].mean(axis=-1) for key in ("critical", "test_error", "train_error")
    }
    others = [
        go.Scatter(
            x=epochs,
            y=rounded(each, 1),
            mode="lines",
            line={"color": translucent(TEXT, 0.5), "width": 1},
            hoverinfo="skip",
        )
        for each in means["critical"]
    ]
    frames = []
    for i, share in enumerate(shares):
        lit = [
            go.Scatter(
                x=epochs,
                y=rounded(means[key][i], 1),
                mode="lines+markers",
                line={"color": colour, "width": 3, "dash": dash},
                hovertemplate=f"epoch %{{x}}: %{{y}} % {words}<extra></extra>",
            )
            for key, colour, dash, words in (
                ("critical", CRITICAL, "solid", "critical"),
                ("test_error", ERROR, "dash", "wrong, new images"),
                ("train_error", TRAINING, "dot", "wrong in training"),
            )
        ]
        frames.append(go.Frame(name=f"{share:g}", data=lit, traces=[0, 1, 2]))
    figure = go.Figure(data=[*frames[0].data, *others], frames=frames)
    told = "; ".join(
        f"{share:.0%} random: {means['critical'][i, 0]:.0f} % at epoch {epochs[0]}, "
        f"{means['critical'][i, -1]:.0f} % at epoch {epochs[-1]}"
        for i, share in enumerate(shares)
    )
    styled(
        figure,
        x="epoch (log scale)",
        y="%",
        summary=f"Critical samples among new images. {told}.",
    )
    figure.update_xaxes(type="log", tickvals=epochs, ticktext=[str(each) for each in epochs])
    figure.update_yaxes(range=[-2, 116], tickvals=[0, 20, 40, 60, 80, 100])
    for x, text, colour in (
        (0, "— critical", CRITICAL),
        (0.3, "– – wrong, new", ERROR),
        (0.66, "··· wrong, training", TRAINING),
    ):
        figure.add_annotation(
            x=x, xref="paper", y=111, text=text, font={"color": colour}, xanchor="left",
            showarrow=False,
        )  # fmt: skip
    return with_slider(figure, [f"{share:.0%}" for share in shares], prefix="random labels: ")
