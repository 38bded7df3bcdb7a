"""Look at the built site in Chromium: every page, on a wide and on a narrow screen, and the explorer.

    pip install playwright && python docs/build.py && python .ci/site.py

Fails for broken links inside the site, missing pictures and other files, errors on the console, and pages wider than a
phone. Moves the explorer's point by mouse, finger and keyboard and compares the digit with PyTorch's. Without Chromium
(Debian's package, or the path in CHROMIUM) it says so and skips.
"""
import functools
import os
import shutil
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import torch

root = Path(__file__).resolve().parent.parent
html = root / "_docs" / "html"
sys.path.insert(0, str(root))
flags = ("--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()
facts = """() => ({
  links: [...document.querySelectorAll('a[href]')].map(a => a.href),
  ids: [...document.querySelectorAll('[id]')].map(e => e.id),
  blind: [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src),
  nameless: [...document.images].filter(i => !i.hasAttribute('alt')).length,
  math: document.querySelectorAll('.math').length, set: document.querySelectorAll('mjx-container').length,
  wide: document.documentElement.scrollWidth - innerWidth,
})"""
faults = []


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said):
        pass


def fault(page, what):
    faults.append(f"{page}: {what}")
    print(faults[-1])


def look_at_all(browser, site):
    "Every page at both widths; then the links, once all anchors are known."
    page = browser.new_page()
    here = [""]
    page.on("console", lambda m: m.type == "error" and fault(here[0], f"console: {m.text}"))
    page.on("pageerror", lambda e: fault(here[0], f"error: {e}"))
    page.on("response", lambda r: r.status >= 400 and fault(here[0], f"{r.status} for {r.url}"))
    page.on("request", lambda r: r.url.startswith((site, "data:", "blob:")) or fault(here[0], f"asks for {r.url}"))
    found = {}
    for path in sorted(p for p in html.rglob("*.html") if "_static" not in p.parts):
        here[0] = str(path.relative_to(html))
        page.set_viewport_size(dict(width=390, height=844))
        page.goto(f"{site}/{here[0]}", wait_until="load")
        page.evaluate("() => window.MathJax?.startup?.promise")
        there = found[here[0]] = page.evaluate(facts)
        if there["wide"] > 0:
            fault(here[0], f"{there['wide']} pixels wider than a phone")
        for picture in there["blind"]:
            fault(here[0], f"missing picture {picture}")
        if there["math"] and not there["set"]:
            fault(here[0], "formulas are not set")
    for name, there in found.items():
        for link in there["links"]:
            address, anchor = urldefrag(link)
            target = unquote(urlsplit(address).path).lstrip("/")
            target += "index.html" if not target or target.endswith("/") else ""
            if not address.startswith(site) or (target not in found and (html / target).is_file()):
                continue
            if target not in found:
                fault(name, f"links to {target}, which is not there")
            elif anchor and unquote(anchor) not in found[target]["ids"]:
                fault(name, f"links to #{anchor} of {target}, which is not there")
    print(f"{len(found)} pages, {sum(len(there['links']) for there in found.values())} links")
    page.close()


pixels = """canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]
  .filter((_, i) => i % 4 == 0)"""


def play(page, name, vae):
    "Move the point in three ways: each time another digit, and the one that PyTorch decodes there."
    place = page.locator(".vae-explorer")
    place.scroll_into_view_if_needed()
    pad, digit = place.locator("canvas").all()
    box = pad.bounding_box()
    x, y = box["x"] + .5 * box["width"], box["y"] + .5 * box["height"]

    def drag():
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y - 40, steps=5)
        page.mouse.up()

    ways = dict(mouse=drag, finger=lambda: page.touchscreen.tap(x - 50, y + 30),
                keys=lambda: [pad.press("ArrowUp") for _ in range(5)])
    for way, move in ways.items():
        before = digit.evaluate(pixels)
        move()
        after = digit.evaluate(pixels)
        z = [float(u) for u in place.locator("p").text_content().split("(")[1][:-1].split(",")]
        changed = max(abs(a - b) for a, b in zip(before, after))
        apart = [abs(255 * a - b) for a, b in zip(vae.decode(torch.tensor([z])).flatten().tolist(), after)]
        print(f"{name}: moved by {way} to {z}: pixels changed by up to {changed}, off PyTorch's "
              f"by up to {max(apart):.1f} and {sum(apart) / len(apart):.2f} in the mean, of 255")
        if changed < 20:
            fault(name, f"the digit did not change when the point was moved by {way}")
        if sum(apart) / len(apart) > 1 or max(apart) > 16:  # z is read in hundredths
            fault(name, f"the digit is not PyTorch's after moving by {way}")


def main():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        return print("SKIPPED: the site was not looked at, there is no Chromium here")
    from playwright.sync_api import sync_playwright

    from vae_nb.vae import VAE

    handler = functools.partial(Quiet, directory=html)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_address[1]}"
    with sync_playwright() as p, tempfile.TemporaryDirectory() as profile:
        browser = p.chromium.launch(executable_path=chromium, args=flags, env={**os.environ, "HOME": profile})
        look_at_all(browser, site)
        phone = browser.new_page(viewport=dict(width=390, height=844), has_touch=True)
        for name in ("index.html", "explorer.html"):
            phone.goto(f"{site}/{name}")
            play(phone, name, VAE.pretrained("mnist-2d"))
        browser.close()
    server.shutdown()
    print(f"{len(faults)} faults")
    return len(faults) > 0


if __name__ == "__main__":
    sys.exit(main())
