"""Still pictures of the widgets, for readers without JavaScript.

    python -m ibtools.site.stills [page or picture ...]

Opens the built site in Chromium and writes a picture of every widget to book/assets/stills: of all
pages, or of those named (`index`, or one picture: `index-lab`). A picture shows what the page
shows before anybody touches it, or a moment that tells more. The next build puts it into the page.
"""

import argparse
import io
import os
import re
import shutil
import sys
from pathlib import Path, PurePosixPath

SITE = Path("_build/html")
STILLS = Path("book/assets/stills")

# The state of a kind of widget, as links have it, where the first one tells too little.
MOMENTS = {"bases": "step=60", "lab": "run=0&epoch=8000"}

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDGET = re.compile(r'class="ibtools-widget"[^>]* data-address="([^"]+)"')
# A text column as wide as it gets; so high that nothing scrolls under the header of the page.
WINDOW = {"width": 1400, "height": 2400}
PATIENCE_MS = 30_000
BETWEEN_LOOKS_MS = 300
# A widget is at rest when so many looks, one after the other, see the same.
EQUAL_LOOKS = 3
COLOURS = 96
# The theme loads a script of its own twice, on every page.
HARMLESS = re.compile("THEBE_JS_URL")


def still_name(docname: str, address: str) -> str:
    """The file of a widget's picture; address is what links call the widget on its page."""
    return f"{PurePosixPath(docname).name}-{address}.png"


def numbered(address: str, counts: dict[str, int]) -> str:
    """What links call the next widget of this address: the second of a page is address-2."""
    counts[address] = counts.get(address, 0) + 1
    return address if counts[address] == 1 else f"{address}-{counts[address]}"


def widgets_of(site: Path) -> dict[str, tuple[Path, str, str]]:
    """Page, kind and address of every widget, by the file of its picture."""
    found: dict[str, tuple[Path, str, str]] = {}
    for page in sorted(site.rglob("*.html")):
        counts: dict[str, int] = {}
        for kind in WIDGET.findall(page.read_text(encoding="utf-8")):
            address = numbered(kind, counts)
            name = still_name(page.stem, address)
            if name in found:
                raise ValueError(
                    f"pages must have names of their own, got {found[name][0]} and {page}"
                )
            found[name] = (page, kind, address)
    return found


def take(site: Path, folder: Path, asked: list[str] | None = None) -> bool:
    """Write the pictures, say what became of each, and return whether all could be taken.

    Where none is asked for, pictures of widgets that are no more are removed.
    """
    from playwright.sync_api import TimeoutError as Late
    from playwright.sync_api import sync_playwright

    widgets = widgets_of(site)
    chosen = _chosen(widgets, asked) if asked else widgets
    folder.mkdir(parents=True, exist_ok=True)
    failed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport=WINDOW, color_scheme="light", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        for name, (page, kind, address) in chosen.items():
            try:
                _write(folder / name, _smaller(_picture(context, page, kind, address)))
            except (Late, RuntimeError) as error:
                failed.append(name)
                print(f"{name}  failed: {str(error).splitlines()[0]}", file=sys.stderr)
        browser.close()
    for file in [] if asked else folder.glob("*.png"):
        if file.name not in widgets:
            file.unlink()
            print(f"{file.name}  removed")
    return not failed


def _chosen(widgets: dict, asked: list[str]) -> dict:
    names = {name: {name.removesuffix(".png"), page.stem} for name, (page, _, _) in widgets.items()}
    if unknown := set(asked).difference(*names.values()):
        raise ValueError(
            f"names must be pages with widgets or their pictures, got {', '.join(sorted(unknown))}"
        )
    return {name: widgets[name] for name in widgets if names[name] & set(asked)}


def find_browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _picture(context, file: Path, kind: str, address: str) -> bytes:
    """A picture of the widget once it is there and at rest."""
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(error.message))
    moment = f"?{MOMENTS[kind]}" if kind in MOMENTS else ""
    page.goto(f"{file.resolve().as_uri()}#{address}{moment}")
    selector = f'.ibtools-widget[data-address="{address}"]'
    page.wait_for_selector(f"{selector}.is-live, {selector} > .ibtools-error")
    widget = page.locator(selector)
    looks = [widget.screenshot()]
    for _ in range(PATIENCE_MS // BETWEEN_LOOKS_MS):
        page.wait_for_timeout(BETWEEN_LOOKS_MS)
        looks = [*looks, widget.screenshot()][-EQUAL_LOOKS:]
        if len(looks) == EQUAL_LOOKS and len(set(looks)) == 1:
            break
    broken += widget.locator(".ibtools-error").all_text_contents()
    page.close()
    if broken := [message for message in broken if not HARMLESS.search(message)]:
        raise RuntimeError(broken[0])
    return looks[-1]


def _smaller(png: bytes) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(made, "png", optimize=True)
    return made.getvalue()


def _write(file: Path, picture: bytes) -> None:
    changed = not file.exists() or file.read_bytes() != picture
    if changed:
        file.write_bytes(picture)
    words = "changed" if changed else "unchanged"
    print(f"{file.name}  {len(picture) / 1000:.0f} kB  {words}", flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ibtools.site.stills")
    parser.add_argument("names", nargs="*", help="pages or pictures; all if none is named")
    names = parser.parse_args(arguments).names
    if not SITE.exists():
        parser.error(f"there is no site in {SITE}: run `make stills`, which builds it")
    try:
        return 0 if take(SITE, STILLS, names) else 1
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    sys.exit(main())
