"""Everything the build needs is read from settings.ini, which nbdev reads too."""
import re
from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=["="])
config.read(here / "settings.ini", encoding="utf-8")
cfg = config["DEFAULT"]


def readme():
    "README.md with whole addresses: a package index has neither the pictures nor the notebooks beside it."
    text = (here / "README.md").read_text(encoding="utf-8")
    raw = f'{cfg["git_url"]}/raw/{cfg["branch"]}/'
    text = re.sub(r'(src="|!\[[^]]*\]\()(?!https?:)', rf"\g<1>{raw}", text)
    return re.sub(r"(?<!!)(\[[^][]*\]\()(?!https?:|#)", rf'\g<1>{cfg["git_url"]}/blob/{cfg["branch"]}/', text)

setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=readme(),
    long_description_content_type="text/markdown",
    author=cfg["author"],
    author_email=cfg["author_email"],
    url=cfg["git_url"],
    license="Apache-2.0",
    keywords=cfg["keywords"].split(),
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Intended Audience :: Science/Research",
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
        *(f"Programming Language :: Python :: {v}" for v in cfg["python_versions"].split()),
    ],
    packages=find_packages(include=["vae_nb", "vae_nb.*"]),
    package_data={"vae_nb": ["py.typed", "pretrained/*.safetensors"]},
    python_requires=f">={cfg['min_python']}",
    install_requires=cfg["requirements"].split(),
    extras_require={extra: cfg[f"{extra}_requirements"].split()
                    for extra in ("dev", "bench", "tensorboard", "widgets", "zuko", "docs")},
    entry_points={
        "console_scripts": cfg["console_scripts"].split(),
        "nbdev": [f"{cfg['lib_name']}={cfg['lib_name']}._modidx:d"],
    },
    zip_safe=False,
)
