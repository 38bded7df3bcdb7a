"""Write README.md from nbs/index.ipynb, and its pictures from the outputs stored in nbs/10_mnist.ipynb.

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
PICTURES = {  # file name: how the cell begins whose figure it is
    "samples": "vae, history = ",
    "tsne": "test_x, test_y = ",
    "elbo": "elbo_curve(histories)",
}


def pictures():
    (nbs / "images").mkdir(exist_ok=True)
    cells = nbformat.read(nbs / "10_mnist.ipynb", as_version=4).cells
    for name, beginning in PICTURES.items():
        cell = next(c for c in cells if c.cell_type == "code" and c.source.startswith(beginning))
        png = next(o["data"]["image/png"] for o in cell.outputs if "image/png" in o.get("data", {}))
        (nbs / "images" / f"{name}.png").write_bytes(base64.b64decode(png))


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
