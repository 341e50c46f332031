"""Writes the prototypes of the default library; assets/library/make-library.ts packs them."""

import argparse
from pathlib import Path

import numpy as np

from config import Config
from library import libraries_without_each_person

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of prepare.py")
    parser.add_argument("out", type=Path, help="folder for windows.npy and members.npy")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    libraries = libraries_without_each_person(np.load(arguments.data / "train.npz"), Config(), arguments.data / "libraries.pt")
    np.save(arguments.out / "windows.npy", libraries[""]["windows"].numpy())
    np.save(arguments.out / "members.npy", libraries[""]["members"].numpy())
    print(f"{len(libraries['']['windows'])} prototypes")
