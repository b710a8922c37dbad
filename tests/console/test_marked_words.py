"""What is marked for translation is what the translators were given.

The tool that collects the texts passes over what stands inside an f-string.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "resources" / "translations" / "lookout_zh_CN.ts"
MARKS = ("translate", "QT_TRANSLATE_NOOP")


def marked(node: ast.AST, within: str = "") -> Iterator[tuple[str, str, int]]:
    """Yield context, text and line of every text marked in a module."""
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.ClassDef) else within
        match child:
            case ast.Call(
                func=ast.Attribute(attr="tr"), args=[ast.Constant(value=str(text)), *_]
            ):
                yield within, text, child.lineno
            case ast.Call(
                func=ast.Attribute(attr=name) | ast.Name(id=name),
                args=[ast.Constant(value=str(context)), ast.Constant(value=text), *_],
            ) if name in MARKS:
                yield context, str(text), child.lineno
        yield from marked(child, inner)


def test_every_marked_text_reached_the_translators():
    known = defaultdict(set)
    for context in ElementTree.parse(FILE).iter("context"):
        for message in context.iter("message"):
            known[context.findtext("name")].add(message.findtext("source"))
    found = 0
    lost = []
    for path in sorted((ROOT / "console").rglob("*.py")):
        for context, text, line in marked(ast.parse(path.read_text("utf-8"))):
            found += 1
            if text not in known[context]:
                lost.append(f"{path.relative_to(ROOT)}:{line} {context}: {text}")
    assert not lost
    assert found > 1000
