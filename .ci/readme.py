"""Write what follows from nbs/index.ipynb: README.md, its pictures, and the way from notebook to notebook.

    python .ci/readme.py

Pictures are copied byte for byte from stored outputs, each notebook gets its neighbours and how long it takes from the
tables of the index, and cells that only test are folded: a second run changes nothing.
"""
import ast
import base64
import json
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
ROW = re.compile(r"^\|.*?\[(\w+)\]\(\1\.ipynb\).*\|\s*([^|]*?)\s*\|$", re.M)  # of the index's tables: name, duration


def read(name):
    return nbformat.read(nbs / f"{name}.ipynb", as_version=4)


def pictures():
    (nbs / "images").mkdir(exist_ok=True)
    for name, (notebook, beginning) in PICTURES.items():
        cell = next(c for c in read(notebook).cells if c.cell_type == "code" and c.source.startswith(beginning))
        shown = [o["data"] for o in cell.outputs if "data" in o]
        if name.endswith(".gif"):  # inside the page that plays it
            page = next(data["text/html"] for data in shown if "text/html" in data)
            stored = re.search(r"data:image/gif;base64,([^\"]+)", page)[1]
        else:
            stored = next(data["image/png"] for data in shown if "image/png" in data)
        (nbs / "images" / name).write_bytes(base64.b64decode(stored))


def durations():
    "Name -> how long Run All takes, in the order of the index."
    text = "\n".join(c.source for c in read("index").cells if c.cell_type == "markdown")
    found = dict(ROW.findall(text))
    there = {f.stem for f in nbs.glob("*.ipynb")} - {"index"}
    if there != set(found):
        raise SystemExit(f"the index's tables and nbs/ differ in {', '.join(sorted(there ^ set(found)))}")
    return found


def neighbours(name, names):
    "Links to the page before, the index and the page after: numbers are one story, side rooms branch off."
    story = sorted(n for n in names if re.match(r"\d\d_", n))
    before = [n for n in story if n < name]
    after = [n for n in story if n > name]
    if not re.match(r"\d\d", name):
        before, after = [], []
    links = [f"Previous: [{before[-1]}]({before[-1]}.ipynb)"] if before else []
    links += ["[index](index.ipynb)"]
    links += [f"Next: [{after[0]}]({after[0]}.ipynb)"] if after else []
    return " · ".join(links)


def only_tests(source):
    "Whether a reader loses nothing if the cell is folded: scaffolding, or nothing but assertions."
    if source.startswith("#|"):
        return source.startswith("#| hide")
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic
        return False

    def asserts(statement):
        if isinstance(statement, ast.Assert):
            return True
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            return ast.unparse(statement.value.func).split(".")[-1].startswith(("test_", "assert_"))
        return isinstance(statement, (ast.For, ast.With)) and all(map(asserts, statement.body))
    return bool(body) and all(map(asserts, body))


def way():
    "The first and the last cell of the way through each notebook, and folded tests; outputs stay as they are."
    found = durations()
    for name, duration in found.items():
        path, links = nbs / f"{name}.ipynb", neighbours(name, found)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        top, end = (dict(cell_type="markdown", id=id, metadata={}, source=text.splitlines(True)) for id, text in
                    (("way-in", f"{links} · Run All: {duration}"), ("way-on", f"---\n\n{links}")))
        cells = [c for c in notebook["cells"] if c.get("id") not in ("way-in", "way-on")]
        for cell in cells:
            if cell["cell_type"] == "code":
                cell["metadata"].pop("jupyter", None)
                if only_tests("".join(cell["source"])):
                    cell["metadata"]["jupyter"] = {"source_hidden": True}
        notebook["cells"] = [cells[0], top, *cells[1:], end]
        text = json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False)  # as nbdev writes
        path.write_text(f"{text}\n", encoding="utf-8")


def readme():
    notebook = read("index")
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
    way()
    readme()
