"""A Dockerfile as a list of instructions, and what its last stage says of the process it runs."""

import json
import re
import shlex
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class Instruction:
    """One instruction: ``COPY``, say, and all that follows on its (continued) line."""

    keyword: str
    rest: str

    @property
    def words(self) -> list[str]:
        """What follows, split as a shell would."""
        return shlex.split(self.rest)

    @property
    def exec_form(self) -> list[str] | None:
        """The command of a CMD, ENTRYPOINT or HEALTHCHECK written as a JSON list, else None."""
        found = re.search(r"\[.*\]$", self.rest)
        try:
            return [str(word) for word in json.loads(found.group())] if found else None
        except json.JSONDecodeError:
            return None


@dataclass(frozen=True)
class Dockerfile:
    """All instructions, and those of the last stage, which is the image."""

    instructions: list[Instruction]

    @property
    def image(self) -> list[Instruction]:
        """From the last FROM on."""
        starts = [index for index, found in enumerate(self.instructions) if found.keyword == "FROM"]
        return self.instructions[starts[-1] :]

    def last(self, keyword: str) -> Instruction | None:
        """The image's last instruction of a kind: the one that counts."""
        return next((found for found in reversed(self.image) if found.keyword == keyword), None)

    def copied(self) -> list[tuple[list[str], str]]:
        """What the image takes from the repository: (sources, destination) of each COPY."""
        pairs = []
        for found in self.image:
            if found.keyword == "COPY" and "--from=" not in found.rest:
                *sources, destination = found.words
                pairs.append((sources, destination))
        return pairs

    def requirements(self) -> list[str]:
        """The files that pip installs from, in any stage."""
        words = [found.words for found in self.instructions if found.keyword == "RUN"]
        return [after for run in words for word, after in pairwise(run) if word == "-r"]

    def environment(self) -> dict[str, str]:
        """What ENV sets in the image."""
        words = [word for found in self.image if found.keyword == "ENV" for word in found.words]
        return dict(word.split("=", 1) for word in words)


def read(path: Path) -> Dockerfile:
    """Parse a file; comments and continued lines are understood, heredocs are not."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    joined = re.sub(r"\\\n\s*", "", text)
    instructions = []
    for line in filter(str.strip, joined.splitlines()):
        keyword, _, rest = line.strip().partition(" ")
        instructions.append(Instruction(keyword.upper(), rest.strip()))
    return Dockerfile(instructions)
