"""Write README.md from nbs/index.ipynb, and its pictures from outputs stored in the walkthroughs.

    python .ci/readme.py

The pictures are copied byte for byte, so a second run changes nothing.
"""
import base64
import re
from pathlib import Path

import nbformat
from nbconvert import MarkdownExporter

root = Path(__file__).resolve().parent.parent
nbs = root / "nbs"
PICTURES = {  # file name: the notebook, and how the cell begins whose figure it is
    "samples.png": ("10_mnist", "vae, history = "),
    "tsne.png": ("10_mnist", "test_x, test_y = "),
    "elbo.png": ("10_mnist", "elbo_curve(histories)"),
    "manifold.png": ("18_latent_space", "manifold("),
    "walk.gif": ("18_latent_space", "stops = "),
}


def pictures():
    (nbs / "images").mkdir(exist_ok=True)
    for name, (notebook, beginning) in PICTURES.items():
        cells = nbformat.read(nbs / f"{notebook}.ipynb", as_version=4).cells
        cell = next(c for c in cells if c.cell_type == "code" and c.source.startswith(beginning))
        shown = [o["data"] for o in cell.outputs if "data" in o]
        if name.endswith(".gif"):  # inside the page that plays it
            page = next(data["text/html"] for data in shown if "text/html" in data)
            stored = re.search(r"data:image/gif;base64,([^\"]+)", page)[1]
        else:
            stored = next(data["image/png"] for data in shown if "image/png" in data)
        (nbs / "images" / name).write_bytes(base64.b64decode(stored))


def readme():
    notebook = nbformat.read(nbs / "index.ipynb", as_version=4)
    notebook.cells = [c for c in notebook.cells if not c.source.startswith("#| hide")]
    notebook.metadata["language_info"] = {"name": "python"}
    text, _ = MarkdownExporter().from_notebook_node(notebook)
    text = text.replace('src="images/', 'src="nbs/images/').replace("](images/", "](nbs/images/").replace("](../", "](")
    for nb in nbs.glob("*.ipynb"):
        text = re.sub(rf"\]\({re.escape(nb.name)}(?=[)#])", f"](nbs/{nb.name}", text)
    text = "\n".join(line.rstrip() for line in text.splitlines())
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    (root / "README.md").write_text(text.strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    pictures()
    readme()
