"""Play with the explorer in JupyterLab, driven in Chromium: drag, press keys, slide, draw; watch a run; save.

    pip install '.[dev,docs]' && python .ci/explorer_lab.py [PICTURE.png]

Each must change the picture. The saved notebook must hold one line of text for the run and no bar, and, opened again
without a kernel, show the explorer's pictures. Without Chromium it says so and skips.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

import nbformat

root = Path(__file__).resolve().parent.parent
flags = ("--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()
cells = ["""import torch
from vae_nb.data import setup_data_loaders
from vae_nb.explorer import LivePlot, explore
from vae_nb.training import train
from vae_nb.vae import VAE
""", """loaders = setup_data_loaders(dataset='digits')
small = VAE(2, 64, x_shape=(1, 8, 8))
train(small, *loaders, num_epochs=40, learning_rate=1e-2, callbacks=[LivePlot()]);
""", """vae = VAE.pretrained('mnist-2d')
explore(vae)
"""]


def wait_for(what, true, seconds=180):
    for _ in range(10 * seconds):
        if true():
            return print(what)
        time.sleep(.1)
    raise TimeoutError(f"never seen: {what}")


def play(page, picture):
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    page.wait_for_timeout(3000)
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    outputs = page.locator(".jp-OutputArea-output")
    wait_for("the live plot", lambda: page.locator(".jp-OutputArea-output img[width='620']").count() == 2)
    wait_for("its last line", lambda: "40 of 40 epochs" in " ".join(outputs.all_text_contents()))
    figures = page.locator(".jp-OutputArea-output figure")
    wait_for("the explorer", lambda: figures.count() == 3)
    figures.first.scroll_into_view_if_needed()
    pad, image, paper = (figures.nth(i).locator(kind) for i, kind in enumerate(("canvas", "img", "canvas")))
    wait_for("the first image", lambda: image.get_attribute("src"))

    def stroke(canvas, points):
        box = canvas.bounding_box()
        places = [(box["x"] + u * box["width"], box["y"] + v * box["height"]) for u, v in points]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=8)
        page.mouse.up()

    def changes(what, act):
        before, shot = image.get_attribute("src"), image.screenshot()
        act()
        wait_for(f"another image after: {what}", lambda: image.get_attribute("src") != before)
        page.wait_for_timeout(300)
        assert image.screenshot() != shot, f"the picture looks the same after: {what}"

    changes("dragging the point", lambda: stroke(pad, [(.5, .5), (.7, .4)]))
    changes("arrow keys", lambda: [pad.press("ArrowLeft") for _ in range(5)])
    changes("a slider", lambda: page.locator(".jp-OutputArea-output input[type=range]").first.press("PageUp"))
    changes("a random image", lambda: page.get_by_text("random image").click())
    changes("a drawing", lambda: stroke(paper, [(.3, .2), (.7, .2), (.45, .8)]))
    if picture:
        page.wait_for_timeout(500)
        page.locator(".jp-OutputArea-output div[data-live]").last.screenshot(path=picture)
    page.keyboard.press("Control+s")
    page.wait_for_timeout(3000)


def look_again(page, saved, address, folder, picture):
    "The saved notebook under another name, so that no kernel knows it."
    shown, = saved.cells[2].outputs
    assert sorted(shown.data) == ["text/html", "text/plain"], list(shown.data)
    nbformat.write(saved, Path(folder) / "again.ipynb")
    page.goto(f"{address}/lab/tree/again.ipynb?reset")
    last = page.locator(".jp-OutputArea-output").last
    wait_for("the line in the notebook opened again", lambda: "run this cell again" in " ".join(
        page.locator(".jp-OutputArea-output").all_text_contents()))
    last.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    assert "model not found" not in page.content()
    print(last.locator("img").count(), "pictures are there")
    if picture:
        page.screenshot(path=picture.replace(".png", "_again.png"))


def main(picture=None):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        return print("SKIPPED: the explorer was not tried in JupyterLab, there is no Chromium here")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        path = Path(folder) / "play.ipynb"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = dict(name="python3", display_name="Python 3", language="python")
        nbformat.write(notebook, path)
        env = {k: v for k, v in os.environ.items() if k != "TQDM_DISABLE"} | dict(
            PYTHONPATH=str(root), HOME=folder, VAE_NB_DATA=str(root / "data"))
        address = "http://127.0.0.1:8917"
        lab = subprocess.Popen([sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.token=", "--port=8917",
                                "--allow-root", f"--ServerApp.root_dir={folder}"], env=env, stderr=subprocess.DEVNULL)
        try:
            def answers():
                try:
                    return urlopen(f"{address}/api").status == 200
                except OSError:
                    return False

            wait_for("JupyterLab", answers)
            browser = p.chromium.launch(executable_path=chromium, args=flags)
            page = browser.new_page(viewport=dict(width=1300, height=1400), device_scale_factor=2)
            page.goto(f"{address}/lab/tree/play.ipynb")
            try:
                play(page, picture)
            except Exception:
                page.screenshot(path=f"{tempfile.gettempdir()}/explorer_lab_failed.png")
                raise
            saved = nbformat.read(path, as_version=4)
            outputs = saved.cells[1].outputs
            texts = [output.get("data", {}).get("text/plain", "") for output in outputs]
            print(*texts, sep="\n")
            assert len(outputs) == 2 and all(list(output.data) == ["text/plain"] for output in outputs), outputs
            assert "test" in texts[0] and "test ELBO" in texts[1], texts
            look_again(browser.new_page(viewport=dict(width=1300, height=1400)), saved, address, folder, picture)
            browser.close()
        finally:
            lab.terminate()
            lab.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
