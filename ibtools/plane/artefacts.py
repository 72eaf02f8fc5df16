"""What an estimator does to a plane: its settings in words, and why it shows what cannot be."""

# Activations without a largest value, which bins on a fixed range cannot hold.
UNBOUNDED = ("relu", "softplus", "linear")

NEGATIVE = "negative information"
ABOVE_I_XT = "I(T;Y) above I(X;T)"
ABOVE_H_Y = "I(T;Y) above H(Y)"
ABOVE_LOG_N = "I(X;T) above log n"
DEEPER_X = "a deeper layer knows more about X"
DEEPER_Y = "a deeper layer knows more about Y"


def estimator_in_words(estimator: dict) -> str:
    """For example: binning (30 bins on [-1, 1])."""
    name = estimator.get("name", "the estimator")
    if "n_bins" in estimator and "low" in estimator:
        return name + " ({n_bins} bins on [{low:g}, {high:g}])".format(**estimator)
    settings = ", ".join(f"{key} {value}" for key, value in estimator.items() if key != "name")
    return f"{name} ({settings})" if settings else name


def artefact(kind: str, estimator: dict, activation: str | None = None) -> str:
    """The clause that explains a finding of this kind; see `ibtools.plane.sanity`.

    estimator: with its "name"; those of ibtools are "binning", "kernel" and "mixture" (bounds of
    a layer with noise added), "monte-carlo" (the same, sampled)
    and the names of the front door.  activation: of the hidden layers.
    """
    words, name = estimator_in_words(estimator), str(estimator.get("name", ""))
    binned, noisy = name == "binning", name.startswith(("kernel", "mixture"))
    looked_at = noisy or name == "monte-carlo"
    deeper = kind in (DEEPER_X, DEEPER_Y)
    if deeper and binned and "high" in estimator and activation in UNBOUNDED:
        return (
            f"{words} takes all activations above {estimator['high']:g} for one, so that a "
            f"shallower layer of larger activations can seem to know less"
        )
    if deeper and binned:
        return f"{words} cuts every layer anew: a deeper cell is no function of a shallower one"
    if deeper and looked_at:
        return f"{words} adds noise to each layer by itself, and the next layer does not see it"
    if binned:
        return f"{words} cannot do this: the numbers differ in their samples, cells or unit"
    if noisy and kind != ABOVE_LOG_N:
        return f"{words} has I(T;Y) as a difference of bounds, which is no bound"
    if kind == NEGATIVE:
        return f"{words} goes below 0 where there is little to find, as an unbiased one must"
    return f"{words} errs by at least this much, or the numbers differ in their samples or unit"
