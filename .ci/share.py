"""Hard links of installed packages and all they require in another environment: `share.py SITE-PACKAGES TORCH...`.

Run by the Python of the environment that has them. pip then finds them there and need not unpack gigabytes once more.
"""
import os
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

target, *names = sys.argv[1:]
wanted, seen = [Requirement(name) for name in names], set()
while wanted:
    asked = wanted.pop()
    if str(asked) in seen:
        continue
    seen.add(str(asked))
    try:
        package = distribution(asked.name)
    except PackageNotFoundError:
        continue  # required on other systems only
    for needed in map(Requirement, package.requires or []):
        if not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *asked.extras)):
            wanted.append(needed)
    name = package.name.replace("-", "_").lower()
    if any(Path(target).glob(f"{name}-*.dist-info")):
        continue
    for file in package.files or []:
        if ".." not in file.parts and file.suffix != ".pyc":  # no scripts, nothing that Python makes by itself
            place = Path(target, file)
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                os.link(package.locate_file(file), place)
