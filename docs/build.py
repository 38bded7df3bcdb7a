"""Build the site from the notebooks as they are stored: nothing is run, nothing is downloaded.

    pip install '.[docs]' && python docs/build.py      # the site is then in _docs/html

Pages are gathered in _docs/source, made ready for a reader (no directives, scaffolding folded), and given to Sphinx.
"""
import importlib
import re
import shutil
import sys
from pathlib import Path

import nbformat
from sphinx.cmd.build import main as sphinx

docs = Path(__file__).resolve().parent
root, nbs = docs.parent, docs.parent / "nbs"
source, html = root / "_docs" / "source", root / "_docs" / "html"
repository = "https://github.com/vae-nb/vae_nb/blob/main/"
sys.path.insert(0, str(root))  # the API pages are of this checkout


def part_of(name):
    "Where a notebook is in the navigation: numbers below 10 are chapters, from 10 on walkthroughs; letters side rooms."
    number = re.match(r"(\d+)([a-z]?)_", name)
    if not number or number[2]:
        return "Side rooms"
    return "Chapters" if int(number[1]) < 10 else "Walkthroughs"


def numbered(path):
    "A notebook's entry in the navigation: its number and its title."
    title = nbformat.read(path, as_version=4).cells[0].source.split("\n")[0].strip("# ")
    number = re.match(r"\d+[a-z]?", path.stem)
    return f"{number[0]} {title} <{path.stem}>" if number else path.stem


def for_readers(cell):
    "A cell without its directives; tags say what is folded and what is left out. `None`: not for readers."
    lines = cell.source.split("\n")
    directives = [line for line in lines if line.startswith("#|")]
    cell.source = "\n".join(line for line in lines if not line.startswith("#|")).strip()
    if any("default_exp" in line for line in directives) or not cell.source:
        return None
    tags = cell.metadata.setdefault("tags", [])
    if cell.cell_type == "code" and any(line.startswith("#| hide") for line in directives):
        if not cell.outputs:
            return None
        tags.append("hide-input")
    elif cell.metadata.get("jupyter", {}).get("source_hidden"):
        tags.append("hide-input")
    return cell


def notebook(path, more=()):
    "Put a notebook among the pages, with more Markdown before a cell or, for `None`, at its end."
    page = nbformat.read(path, as_version=4)
    page.cells = [cell for cell in map(for_readers, page.cells) if cell]
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\]\(\.\./(?!CONTRIBUTING|CHANGELOG)", f"]({repository}", cell.source)
            cell.source = cell.source.replace("](../", "](")
            cell.source = re.sub(r"\]\([\w.]*#[^)]*\)", lambda link: link[0].lower(), cell.source)  # anchors
    for place, text in more:
        page.cells.insert(len(page.cells) if place is None else place, nbformat.v4.new_markdown_cell(text))
    nbformat.write(page, source / path.name)


def explorer():
    "The page with a point to drag, its script, and what makes the first page show it."
    from vae_nb.page import browser_script
    from vae_nb.vae import VAE

    (html / "_static").mkdir(parents=True)
    (html / "_static" / "explorer.js").write_text(browser_script(VAE.pretrained("mnist-2d")), encoding="utf-8")
    place = """```{raw} html
<div class="vae-explorer"></div><script defer src="_static/explorer.js"></script>
```

"""
    said = """Two numbers decide what a decoder draws. Drag the point, with the mouse or a finger, or focus the pad and use the
arrow keys: the digit follows. """
    (source / "explorer.md").write_text(f"# Drag a point\n\n{said}\n\n{place}" + """\
The decoder is that of `VAE.pretrained("mnist-2d")`, two latents trained on MNIST. It runs in your browser, in a few
lines of JavaScript which [07c_page](07c_page.ipynb) explains and tests against PyTorch. Behind the point is what lies
where. With Python at hand, [07b_explorer](07b_explorer.ipynb) does this for any model, and takes drawings.
""", encoding="utf-8")
    return said + "[More about it](explorer.md).\n\n" + place


def toctree(caption, pages):
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```"])


def api():
    "A page for each module, in the order of the notebooks; the names of the pages."
    (source / "api").mkdir()
    pages = []
    for path in sorted(nbs.glob("*.ipynb")):
        module = re.search(r"#\| default_exp (\w+)", path.read_text(encoding="utf-8"))
        if module:
            name = f"vae_nb.{module[1]}"
            text = f"# {name}\n\nExported from [{path.stem}](../{path.name}).\n\n"
            its = importlib.import_module(name)
            own = [n for n in its.__all__ if getattr(getattr(its, n), "__qualname__", n) != n  # not what it hands on
                   or getattr(getattr(its, n), "__module__", name) == name]
            text += f"```{{eval-rst}}\n.. automodule:: {name}\n   :members: {', '.join(own)}\n   :undoc-members:\n```\n"
            (source / "api" / f"{module[1]}.md").write_text(text, encoding="utf-8")
            pages.append(f"api/{module[1]}")
    return pages


def main():
    shutil.rmtree(source, ignore_errors=True)
    shutil.rmtree(html, ignore_errors=True)
    source.mkdir(parents=True)
    shutil.copytree(nbs / "images", source / "images")
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(root / name, source)
    paths = sorted(path for path in nbs.glob("*.ipynb") if path.stem != "index")
    for path in paths:
        notebook(path)
    parts = ("Chapters", "Side rooms", "Walkthroughs")
    tree = {part: [numbered(p) for p in paths if part_of(p.stem) == part] for part in parts}
    tree = {"Play": ["explorer"], **tree}
    tree |= {"Reference": api(), "Project": ["CONTRIBUTING", "CHANGELOG"]}
    notebook(nbs / "index.ipynb", [(None, "\n\n".join(toctree(*part) for part in tree.items())), (1, explorer())])
    shutil.copytree(nbs / "images", html / "images")  # for those that stand in HTML
    return sphinx(["-b", "html", "-c", str(docs), "-W", "--keep-going", "-q", str(source), str(html)])


if __name__ == "__main__":
    sys.exit(main())
