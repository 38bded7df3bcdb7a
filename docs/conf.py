"""Sphinx's settings: see build.py."""
from configparser import ConfigParser
from pathlib import Path

from fastcore.docments import docments

settings = ConfigParser(delimiters=["="])
settings.read(Path(__file__).parent.parent / "settings.ini", encoding="utf-8")
about = settings["DEFAULT"]

project, release, author, copyright = (about[name] for name in ("title", "version", "author", "copyright"))
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_copybutton", "sphinx-mathjax-offline"]
root_doc = "index"
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
default_role = "code"
autodoc_inherit_docstrings = False
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
maximum_signature_line_length = 80
suppress_warnings = ["myst.header", "ref.term", "ref.ref"]  # the last two: in what is inherited from scikit-learn

html_theme = "sphinx_book_theme"
html_title = about["title"]
html_static_path = ["_static"]
html_favicon = "_static/point.svg"
html_css_files = ["site.css"]
html_show_sphinx = False
add_module_names = False
html_context = dict(default_mode="auto")
html_theme_options = dict(navbar_persistent=[], repository_url=about["git_url"], repository_branch=about["branch"], path_to_docs="nbs",
                          use_repository_button=True, show_toc_level=2, use_download_button=False)


def parameters(app, what, name, obj, options, lines):
    "The comments beside parameters and results, as nbdev reads them, become Sphinx's fields."
    if what not in ("function", "method", "class"):
        return
    try:
        found = docments(obj, full=True)
    except Exception:  # what Python keeps no source of
        return
    lines.append("")
    for argument, doc in found.items():
        if doc.get("docment"):
            text = " ".join(doc["docment"].split())
            lines.append(f":returns: {text}" if argument == "return" else f":param {argument}: {text}")


def setup(app):
    app.connect("autodoc-process-docstring", parameters)
