"""What keys and pointers do to a handle, in Node, with as much of a page as it asks for."""

from collections.abc import Callable

import pytest

from ibtools.widgets.joint_table import MODULE

FILES = [MODULE.parent / "kit" / "handle.js"]

# told: what was called, with what. events: [type, properties], where on says what was met.
PLAY = """(() => {
  const elements = { createElement: () => Object.assign(new EventTarget(), {
    children: [], append(...nodes) { this.children.push(...nodes); },
    setPointerCapture(id) { told.push(["capture", id]); },
  }) };
  globalThis.document = elements;
  const told = [];
  let grasps = 0;
  // JSON has no infinity.
  const written = (value) => (Math.abs(value) === Infinity ? String(value) : value);
  const tell = (name) => (...given) => { told.push([name, ...given.map(written)]); };
  const grip = hasGrip ? elements.createElement() : undefined;
  const node = M.sliderHandle({ ariaLabel: "height" }, {
    grip, onGrasp: () => (grasps += 1), onStep: tell("step"), onDrag: tell("drag"),
    onDrop: tell("drop"), ...(steps ? { steps } : {}),
  }, ...(grip ? [grip] : []));
  const prevented = events.map(([type, { on = "node", ...properties }]) => {
    const event = Object.assign(new Event(type, { cancelable: true }), properties);
    Object.defineProperty(event, "target", { value: on === "grip" ? grip : node });
    node.dispatchEvent(event);
    return event.defaultPrevented;
  });
  const { role, tabIndex, ariaLabel, children } = node;
  return { told, grasps, prevented, node: { role, tabIndex, ariaLabel, n: children.length } };
})()"""


@pytest.fixture(scope="module")
def play(in_node) -> Callable[..., dict]:
    """Return a function: what became of events, play([type, properties], ...)."""

    def played(*events, has_grip: bool = False, steps: dict | None = None):
        return in_node(FILES, PLAY, events=events, hasGrip=has_grip, steps=steps)

    return played


def key(name: str, **modifiers):
    return ["keydown", {"key": name, **modifiers}]


def pointer(type_: str, x: float = 0, y: float = 0, **properties):
    at = {"clientX": x, "clientY": y, "button": 0, "pointerId": 7, "pointerType": "mouse"}
    return [f"pointer{type_}", at | properties]


def test_a_handle_is_a_slider_with_its_children(play):
    assert play()["node"] == {"role": "slider", "tabIndex": 0, "ariaLabel": "height", "n": 0}
    assert play(has_grip=True)["node"]["n"] == 1


def test_keys_are_steps_of_one_and_of_ten(play):
    names = ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "PageUp", "PageDown"]
    played = play(*map(key, names))
    # Each with what the grasp before it returned.
    assert played["told"] == [
        ["step", step, i] for i, step in enumerate([1, 1, -1, -1, 10, -10], start=1)
    ]
    assert played["prevented"] == [True] * len(names)


def test_home_and_end_are_steps_without_end(play):
    told = play(key("Home"), key("End"))["told"]
    assert told == [["step", "-Infinity", 1], ["step", "Infinity", 2]]


def test_a_handle_may_have_steps_of_its_own(play):
    played = play(key("PageUp"), key("ArrowUp"), steps={"PageUp": {"w": 0, "v": 0.5}})
    assert played["told"] == [["step", {"w": 0, "v": 0.5}, 1]]
    assert played["prevented"] == [True, False]


def test_all_other_keys_are_the_browsers(play):
    modified = [key("ArrowUp", **{name: True}) for name in ("ctrlKey", "metaKey", "altKey")]
    played = play(key("Tab"), key("a"), key("Enter"), *modified)
    assert (played["told"], played["grasps"], any(played["prevented"])) == ([], 0, False)


@pytest.mark.parametrize("end", ["up", "cancel"])
def test_a_drag_is_told_from_where_the_hand_grasped(play, end):
    played = play(
        pointer("move", 1, 1),
        pointer("down", 100, 50),
        pointer("move", 103, 48),
        pointer("move", 90, 60),
        pointer(end, 90, 60),
        pointer("move", 0, 0),
        pointer(end),
    )
    assert played["told"] == [
        ["capture", 7],
        ["drag", {"x": 103, "y": 48, "dx": 3, "dy": -2}, 1],
        ["drag", {"x": 90, "y": 60, "dx": -10, "dy": 10}, 1],
        ["drop"],
    ]


def test_other_buttons_do_not_drag(play):
    played = play(pointer("down", button=2), pointer("move", 9, 9), pointer("up"))
    assert (played["told"], played["grasps"]) == ([], 0)


@pytest.mark.parametrize(
    ("kind", "on", "has_grip", "drags"),
    [
        ("touch", "node", True, False),
        ("touch", "grip", True, True),
        ("touch", "node", False, True),
        ("mouse", "node", True, True),
        ("pen", "node", True, True),
    ],
)
def test_a_finger_drags_by_the_grip_alone(play, kind, on, has_grip, drags):
    down = pointer("down", pointerType=kind, on=on)
    told = play(down, pointer("move", 5, 5), has_grip=has_grip)["told"]
    assert [name for name, *_ in told] == (["capture", "drag"] if drags else [])
